#!/usr/bin/env bash
# httpx 0.28.1: DigestAuth does not find a Digest challenge that comes second in one WWW-Authenticate field.
# Several challenges may share a field, separated by commas (RFC 9110, section 11.6.1), and intermediaries may join fields in
# this way. In two fields the client finds the challenge; in one field it does not, and the caller gets the 401.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check httpx==0.28.1
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$tmp/v/bin/python" - <<'PY'
import httpx
from loopback import NONCE, serve

BASIC, DIGEST = 'Basic realm="files"', f'Digest realm="files", {NONCE}, qop="auth"'
print("httpx", httpx.__version__)
for name, challenges, expected in [
    ("two fields, Basic first", [BASIC, DIGEST], 200),
    ("one field, Digest first", [f"{DIGEST}, {BASIC}"], 200),
    ("one field, Basic first", [f"{BASIC}, {DIGEST}"], 401),
]:
    url, arrived = serve(challenges)
    status = httpx.get(url, auth=httpx.DigestAuth("alice", "wonderland")).status_code
    print(f"{name}: {status} after {len(arrived)} request(s)")
    assert status == expected, (name, status)
PY
