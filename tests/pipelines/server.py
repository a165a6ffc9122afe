"""A server for the recipes: it refuses a request without the word Bearer before the token. Prints its port."""

import http.server
import json


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        scheme = self.headers.get("Authorization", "").split(" ")[0].lower()
        status, body = (200, {"ok": True}) if scheme == "bearer" else (401, {"error": "missing bearer token"})
        data = json.dumps(body).encode()
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
