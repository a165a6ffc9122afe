#!/usr/bin/env bash
# requests 2.34.2 and httpx 0.28.1: Digest parameters whose names are written in capitals are not found.
# Names of parameters are compared without regard to case (RFC 9110, section 11.2). requests raises KeyError: 'realm', httpx
# says that the field is malformed; curl answers the same challenge.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2 httpx==0.28.1
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$tmp/v/bin/python" - <<'PY'
import httpx
import requests
from loopback import NONCE, serve

CAPITALS = f'Digest REALM="files", {NONCE.replace("nonce", "NONCE")}, QOP="auth"'


def outcome(get):
    url, _ = serve([CAPITALS])
    try:
        return str(get(url).status_code)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


by_requests = outcome(lambda url: requests.get(url, auth=requests.auth.HTTPDigestAuth("alice", "wonderland")))
by_httpx = outcome(lambda url: httpx.get(url, auth=httpx.DigestAuth("alice", "wonderland")))
print("requests", requests.__version__, "->", by_requests)
print("httpx", httpx.__version__, "->", by_httpx)
assert by_requests == "KeyError: 'realm'", by_requests
assert by_httpx.startswith("ProtocolError: Malformed Digest"), by_httpx
PY
