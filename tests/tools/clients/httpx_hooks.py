import json, os, httpx
def asked(request):
    print(f"Request event hook: {request.method} {request.url} - Waiting for response")
    print(dict(request.headers))
def answered(response):
    response.read()
    print(f"Response event hook: {response.request.method} {response.request.url} - Status {response.status_code}")
    print(response.headers.raw, response.content)
with httpx.Client(event_hooks={"request": [asked], "response": [answered]}) as client:
    client.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"]))
