#!/usr/bin/env bash
# mitmproxy 11.0.2, httpsnippet 3.0.10 and curlconverter 4.12.0: a request with an empty field is exported without it.
# For a field with an empty value the first two print `-H 'X-Empty: '`, and httpsnippet and curlconverter print "X-Empty: " for
# CURLOPT_HTTPHEADER in PHP. curl and libcurl take that for "do not send this field" (their manuals ask for a semicolon: 'X-Empty;').
# So the exported request lacks the field, and a fault that the empty field causes cannot be seen again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check mitmproxy==11.0.2
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit httpsnippet@3.0.10 curlconverter@4.12.0

cat >mitm.py <<'PY'
import sys
from mitmproxy.addons import export
from mitmproxy.http import Headers
from mitmproxy.test import taddons, tflow

flow = tflow.tflow()
flow.request.headers = Headers([(b"X-Empty", b""), (b"X-Other", b"b")])
flow.request.content, flow.request.host, flow.request.port = b"", "127.0.0.1", int(sys.argv[1])
with taddons.context(export.Export()):
    print(export.curl_command(flow))
PY
cat >snippet.mjs <<'JS'
import { HTTPSnippet } from "httpsnippet";
import * as converter from "curlconverter";

const url = `http://127.0.0.1:${process.argv[2]}/`;
const headers = [{ name: "X-Empty", value: "" }, { name: "X-Other", value: "b" }];
const request = { method: "GET", url, httpVersion: "HTTP/1.1", headers, queryString: [], cookies: [], headersSize: -1, bodySize: -1 };
console.log(new HTTPSnippet(request).convert("shell", "curl", { indent: false }));
console.log("---");
console.log(converter.toPhp(`curl -H 'X-Empty;' -H 'X-Other: b' ${url}`));
JS
cat >try.py <<'PY'
import re
import subprocess
from loopback import collect

url, arrived = collect("X-Empty", "X-Other")
port = url.rstrip("/").rsplit(":")[-1]


def sent_by(command):
    subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return arrived.pop()


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


print(output("curl", "--version").split(" (")[0])
assert sent_by(f"curl -s -H 'X-Empty;' -H 'X-Other: b' {url}") == ("", "b")
by_mitmproxy = re.sub(r"http://\S+", url, output("v/bin/python", "-W", "ignore", "mitm.py", port).strip())
by_snippet, php = output("node", "snippet.mjs", port).split("---\n")
for name, command in [("mitmproxy", by_mitmproxy), ("httpsnippet", by_snippet.strip())]:
    seen = sent_by(command)
    print(f"{name}: {command.replace(url, 'URL')}\n  arrived: X-Empty {seen[0]!r}, X-Other {seen[1]!r}")
    assert seen == (None, "b"), seen
line = next(line.strip() for line in php.splitlines() if "X-Empty" in line)
print("curlconverter, from -H 'X-Empty;' to PHP:", line)
assert line == "'X-Empty: ',", line
PY
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 python3 try.py
