import json, logging, os, niquests
logging.basicConfig(level=logging.DEBUG)
r = niquests.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(r, r.oheaders, r.text)
