"""Servers on a free port of 127.0.0.1 that tell what arrived.

collect(NAME, ...)   answers 200, and notes the values of these fields of each request
serve(challenges)    offers the challenges until a request brings Digest credentials, and notes each Authorization

Both return the URL and the list of what arrived.
"""
import http.server
import threading

NONCE = 'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c0"'


def start(answer):
    """Runs answer(request) for each GET: it returns the status and the fields of the response."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            status, fields = answer(self)
            self.send_response(status)
            for name, value in [*fields, ("Content-Length", "0")]:
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def collect(*names):
    arrived = []

    def answer(request):
        arrived.append(tuple(request.headers.get(name) for name in names))
        return 200, []

    return start(answer), arrived


def serve(challenges):
    arrived = []

    def answer(request):
        credentials = request.headers.get("Authorization")
        arrived.append(credentials)
        if (credentials or "").lower().startswith("digest "):
            return 200, []
        return 401, [("WWW-Authenticate", challenge) for challenge in challenges]

    return start(answer), arrived
