#!/usr/bin/env bash
# requests 2.34.2: a password with a character outside Latin-1 cannot be used, and one within it is sent as Latin-1.
# HTTPBasicAuth encodes text as Latin-1: for a euro sign it raises UnicodeEncodeError, for `ä` it sends one byte. Servers that
# read UTF-8 (RFC 7617, section 2.1; shown here with Werkzeug) get another password, and answer 401. httpx sends UTF-8. With
# the password as bytes, requests sends what it is given.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2 httpx==0.28.1 werkzeug==3.1.9
"$tmp/v/bin/python" - <<'PY'
import httpx
import requests
from importlib.metadata import version
from werkzeug.datastructures import Authorization

print("requests", requests.__version__, "werkzeug", version("werkzeug"))


def by_requests(password):
    user = "alice" if isinstance(password, str) else b"alice"
    request = requests.Request("GET", "http://127.0.0.1/", auth=(user, password)).prepare()
    return request.headers["Authorization"]


def read(value):
    credentials = Authorization.from_header(value)
    return credentials.password if credentials else None


try:
    by_requests("5€")
except UnicodeEncodeError as error:
    print("password 5€: UnicodeEncodeError:", error.reason)
else:
    raise SystemExit("no UnicodeEncodeError any more")

with_httpx = next(httpx.BasicAuth("alice", "gärten").auth_flow(httpx.Request("GET", "http://127.0.0.1/")))
seen = {
    "requests, text": read(by_requests("gärten")),
    "requests, bytes": read(by_requests("gärten".encode())),
    "httpx": read(with_httpx.headers["Authorization"]),
}
for client, password in seen.items():
    print(f"password gärten from {client}: the server reads {password!r}")
assert seen["requests, text"] != "gärten" and seen["requests, bytes"] == seen["httpx"] == "gärten"
PY
