import json, os, requests
from requests_toolbelt.utils import dump
r = requests.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(dump.dump_all(r).decode())
