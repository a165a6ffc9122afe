#!/usr/bin/env bash
# Bruno CLI 4.1.0: the JSON report masks the challenge of the response, not only the credentials of the request.
# WWW-Authenticate holds no secret: it says which scheme the server wants and what was wrong (RFC 6750, section 3). In the
# report its value is `Bearer ********`, so the error and its description, the reason of the 401, are lost.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true' EXIT
cd "$tmp"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @usebruno/cli@4.1.0
cat >server.py <<'PY'
import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Bearer error="invalid_token", error_description="The access token expired"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open("port", "w") as file:
    file.write(str(server.server_port))
server.serve_forever()
PY
python3 server.py &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
mkdir collection
echo '{"version": "1", "name": "collection", "type": "collection"}' >collection/bruno.json
cat >collection/get.bru <<BRU
meta {
  name: get
  type: http
  seq: 1
}

get {
  url: http://127.0.0.1:$(cat port)/
  body: none
  auth: none
}
BRU
(cd collection && ../node_modules/.bin/bru run --reporter-json ../report.json >/dev/null 2>&1 || true)
node -e '
const { version } = require("./node_modules/@usebruno/cli/package.json");
const report = JSON.parse(require("fs").readFileSync("report.json", "utf8"));
const response = (Array.isArray(report) ? report[0] : report).results[0].response;
console.log("Bruno CLI", version, "| status", response.status, "| www-authenticate:", response.headers["www-authenticate"]);
if (response.status !== 401 || response.headers["www-authenticate"] !== "Bearer ********") process.exit(1);
'
