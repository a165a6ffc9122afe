#!/usr/bin/env bash
# httpx 0.28.1: DigestAuth raises KeyError if the first Digest challenge names an algorithm that it does not know.
# A server offers one challenge for each algorithm, the preferred one first, and a client should use the first that it
# supports (RFC 7616, section 3.7). With SHA-512-256 (of the same RFC) before MD5, httpx raises a bare KeyError, which is none
# of the exceptions of httpx, instead of answering the MD5 challenge or handing on the 401.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check httpx==0.28.1
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$tmp/v/bin/python" - <<'PY'
import httpx
from loopback import NONCE, serve

print("httpx", httpx.__version__)
challenge = f'Digest realm="files", {NONCE}, qop="auth", algorithm='
url, _ = serve([challenge + "SHA-256", challenge + "MD5"])
assert httpx.get(url, auth=httpx.DigestAuth("alice", "wonderland")).status_code == 200
print("SHA-256, then MD5: 200")
url, _ = serve([challenge + "SHA-512-256", challenge + "MD5"])
try:
    httpx.get(url, auth=httpx.DigestAuth("alice", "wonderland"))
except KeyError as error:
    assert not isinstance(error, httpx.HTTPError)
    print("SHA-512-256, then MD5: KeyError", error)
else:
    raise SystemExit("no KeyError any more")
PY
