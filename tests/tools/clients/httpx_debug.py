import json, logging, os, httpx
logging.basicConfig(format="%(levelname)s [%(asctime)s] %(name)s - %(message)s", level=logging.DEBUG)
r = httpx.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(r, r.text)
print(r.request, r.request.headers)
r.raise_for_status()
