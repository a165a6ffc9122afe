import json, os, requests, vcr
name = os.path.join(os.environ["WORK"], "cassette." + os.environ["HOW"])
with vcr.use_cassette(name, serializer=os.environ["HOW"]):
    requests.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
print(open(name).read())
