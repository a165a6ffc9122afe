#!/usr/bin/env bash
# GNU Wget2 1.99.1 (Debian 12): after the answer 303 to a POST, the POST and its body are sent again to the new URL.
# 303 See Other asks for a GET of the other resource (RFC 9110, section 15.4.4), which is how a form is kept from being sent
# twice. GNU Wget 1.21.3, run beside it, sends GET.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
# The packages are unpacked into the temporary folder; nothing is installed.
apt-get download -qq wget2=1.99.1-2.2 libwget0=1.99.1-2.2 wget=1.21.3-1+deb12u1 2>/dev/null || apt-get download -qq wget2 libwget0 wget
for package in *.deb; do dpkg-deb -x "$package" root; done
cat >try.py <<'PY'
import glob
import http.server
import os
import subprocess
import threading

arrived = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        arrived.append(f"{self.command} {self.path} with {len(body)} bytes")
        self.send_response(303 if self.path == "/form" else 200)
        if self.path == "/form":
            self.send_header("Location", "/done")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/form"
environment = dict(os.environ, LD_LIBRARY_PATH=":".join(glob.glob("root/usr/lib/*-linux-*")))
for program, expected in [("wget", "GET /done with 0 bytes"), ("wget2", "POST /done with 7 bytes")]:
    path = f"root/usr/bin/{program}"
    print(subprocess.run([path, "--version"], env=environment, capture_output=True, text=True).stdout.splitlines()[0])
    command = [path, "-q", "-O", "/dev/null", "--post-data=order=1", url]
    subprocess.run(command, env=environment, check=True)
    print("  arrived:", "; then ".join(arrived))
    assert arrived == ["POST /form with 7 bytes", expected], arrived
    arrived.clear()
PY
python3 try.py
