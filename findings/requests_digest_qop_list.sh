#!/usr/bin/env bash
# requests 2.34.2: HTTPDigestAuth gives up on a list of qop values in which a blank stands before `auth`.
# The value of qop is a list (RFC 7616, section 3.3), and blanks around the commas of a list are allowed (RFC 9110, section
# 5.6.1). With `auth-int,auth` the client answers; with `auth-int, auth` it repeats the request without credentials, and the
# caller gets the 401 without any sign that the challenge was not understood.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$tmp/v/bin/python" - <<'PY'
import requests
from loopback import NONCE, serve

print("requests", requests.__version__)
for qop, expected in [("auth", 200), ("auth, auth-int", 200), ("auth-int,auth", 200), ("auth-int, auth", 401)]:
    url, arrived = serve([f'Digest realm="files", {NONCE}, qop="{qop}"'])
    status = requests.get(url, auth=requests.auth.HTTPDigestAuth("alice", "wonderland")).status_code
    sent = ["no credentials" if value is None else value.split()[0] for value in arrived]
    print(f'qop="{qop}": {status}, the requests carried {sent}')
    assert status == expected, (qop, status)
    if status == 401:
        assert arrived == [None, None], arrived
PY
