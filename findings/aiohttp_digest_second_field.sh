#!/usr/bin/env bash
# aiohttp 3.14.5: DigestAuthMiddleware looks at the first WWW-Authenticate field only.
# A server may send each challenge in a field of its own (RFC 9110, section 11.6.1). If another scheme is offered first, the
# client never answers the Digest challenge behind it: the caller gets the 401 although user and password are right.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check aiohttp==3.14.5
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 "$tmp/v/bin/python" - <<'PY'
import asyncio
import aiohttp
from loopback import NONCE, serve

DIGEST = f'Digest realm="files", {NONCE}, qop="auth"'


async def get(challenges):
    url, arrived = serve(challenges)
    digest = aiohttp.DigestAuthMiddleware("alice", "wonderland")
    async with aiohttp.ClientSession(middlewares=(digest,)) as session, session.get(url) as response:
        print(f"{len(arrived)} request(s), last status {response.status}: {[c.split()[0] for c in challenges]}")
        return response.status


print("aiohttp", aiohttp.__version__)
assert asyncio.run(get([DIGEST])) == 200
assert asyncio.run(get([DIGEST, 'Basic realm="files"'])) == 200
assert asyncio.run(get(['Basic realm="files"', DIGEST])) == 401
assert asyncio.run(get(['Bearer realm="files"', DIGEST])) == 401
PY
