import json, os, urllib.error, urllib.request
opener = urllib.request.build_opener(urllib.request.HTTPHandler(debuglevel=1))
try:
    opener.open(urllib.request.Request(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"])))
except urllib.error.HTTPError as e:
    print(); print(e, e.headers, e.read().decode(), sep="\n")
