import json, os, requests
r = requests.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(r, r.text)
r.raise_for_status()
