#!/usr/bin/env bash
# FastAPI 0.165.0: HTTPBasic refuses correct credentials if a letter of user or password is outside ASCII.
# RFC 7617 (section 2.1) lets a server ask for UTF-8, and clients send UTF-8. The class decodes as ASCII and takes a failure
# for missing credentials: the answer is 401 "Not authenticated" before the application's own check is asked, so no password
# with an umlaut can ever work.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check fastapi==0.165.0 starlette==1.10.0 httpx==0.28.1
"$tmp/v/bin/python" -W ignore - <<'PY'
from importlib.metadata import version
import httpx
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/")
def show(credentials: HTTPBasicCredentials = Depends(HTTPBasic())):
    return {"password": credentials.password}


client = TestClient(app)
print("fastapi", version("fastapi"))
for password, expected in [("garden", 200), ("gärten", 401)]:
    response = client.get("/", auth=httpx.BasicAuth("alice", password))
    print(password, response.status_code, response.text)
    assert response.status_code == expected
    if expected == 401:
        assert response.json() == {"detail": "Not authenticated"}
PY
