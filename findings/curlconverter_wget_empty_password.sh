#!/usr/bin/env bash
# curlconverter 4.12.0: `curl -u user:` becomes a wget command that sends no credentials.
# APIs that take a key as the user name and no password are called so. curl sends Basic credentials with an empty password;
# the wget command has --user and no --password, and GNU Wget then sends no Authorization at all, in spite of --auth-no-challenge.
# With `--password=` it does. The other targets tried (Python, Node, Go, PHP, HTTPie) keep the empty password.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit curlconverter@4.12.0
cat >convert.mjs <<'JS'
import * as converter from "curlconverter";
console.log(converter.toWget(process.argv[2]));
JS
cat >try.py <<'PY'
import subprocess
from loopback import collect

url, arrived = collect("Authorization")


def sent_by(command):
    subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return arrived.pop()[0]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


print(output("curl", "--version").split(" (")[0], "|", output("wget", "--version").splitlines()[0])
original = f"curl -s -u made-up-key: {url}"
converted = output("node", "convert.mjs", original).strip()
by_curl, by_wget = sent_by(original), sent_by(converted)
with_password = sent_by(converted.replace("--user=made-up-key", "--user=made-up-key --password="))
print(converted.replace(url, "URL"))
print("curl sent:", by_curl, "| the wget command sent:", by_wget, "| with --password= it sends:", with_password)
assert by_curl == with_password == "Basic bWFkZS11cC1rZXk6" and by_wget is None
PY
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 python3 try.py
