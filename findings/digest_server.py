"""A server on a free port of 127.0.0.1 that offers the given challenges until a request brings Digest credentials.

serve(challenges) returns the URL and the list of the Authorization values that arrived.
"""
import http.server
import threading

NONCE = 'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c0"'


def serve(challenges):
    arrived = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            credentials = self.headers.get("Authorization")
            arrived.append(credentials)
            answered = (credentials or "").lower().startswith("digest ")
            self.send_response(200 if answered else 401)
            if not answered:
                for challenge in challenges:
                    self.send_header("WWW-Authenticate", challenge)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/", arrived
