#!/usr/bin/env bash
# uncurl 0.0.11: of several -d options only the last is kept, and a field that is sent empty makes it fail.
# curl joins the values of -d with `&`, and sends `-H 'Name;'` as a field without a value; both are in its manual. uncurl's
# request lacks the first parameters, without a word; on `Name;` it raises ValueError.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" install --quiet --disable-pip-version-check uncurl==0.0.11
"$tmp/v/bin/python" -W ignore - <<'PY'
from importlib.metadata import version
import uncurl

print("uncurl", version("uncurl"))
command = "curl http://127.0.0.1/token -d grant_type=client_credentials -d scope=read"
read = uncurl.parse_context(command)
print(command, "->", read.data)
assert read.data == "scope=read", read.data
command = "curl http://127.0.0.1/ -H 'X-Empty;'"
try:
    uncurl.parse_context(command)
except ValueError as error:
    print(command, "->", "ValueError:", error)
else:
    raise SystemExit("no ValueError any more")
PY
