import http.client, json, logging, os, requests
http.client.HTTPConnection.debuglevel = 1
logging.basicConfig(level=logging.DEBUG)
r = requests.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(r.status_code, r.reason)
print(r.request.headers)
print(r.headers)
print(r.text)
