"""A small server on the loopback that refuses like the gateway of the e-RS FHIR API.

    server.py PORT STORE_PORT

The answer depends on the Authorization field. PORT + 1 speaks cleartext HTTP/2 if the package `h2` is there. A GET of
`…/Binary/moved` is sent on to the store on STORE_PORT, which refuses whatever carries an Authorization field.
"""
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DATE = "Sun, 29 Nov 2026 10:00:00 GMT"
OUTCOME = (
    '{ "resourceType": "OperationOutcome", "meta": { "lastUpdated": "2026-11-29T10:00:00.000Z", "profile" : '
    '[ "https://www.hl7.org/fhir/R4/operationoutcome.html" ] }, "issue": [ { "severity": "error", "code": "login", '
    '"details": { "coding": [ { "system": "https://fhir.nhs.uk/CodeSystem/NHSD-API-ErrorOrWarningCode", '
    '"code": "ACCESS_DENIED" } ] }, "diagnostics": "%s" } ] }'
)


def refusal(path, authorization):
    """Status, fields and body of the answer to a request with that Authorization field (None: it had none)."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        code, says = "oauth.v2.InvalidAccessToken", "Invalid access token"
    elif "Expired" in token:
        code, says = "keymanagement.service.access_token_expired", "Access Token expired"
    else:
        code, says = "keymanagement.service.invalid_access_token", "Invalid Access Token"
    challenge = f'Bearer realm="null",error="invalid_token",error_description="{code}: {says}"'
    if "/FHIR/R4/" not in path:
        return 401, [("WWW-Authenticate", challenge)], b""
    return 401, [("WWW-Authenticate", challenge), ("Content-Type", "application/fhir+json")], (OUTCOME % says).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.store_port is None:
            status, reason, fields, answer = self.store()
        elif self.path.endswith("/moved"):
            there = f"http://127.0.0.1:{self.server.store_port}/bucket/letter.pdf?X-Amz-Expires=60&X-Amz-Signature=0f1e2d3c"
            status, reason, fields, answer = 307, "Temporary Redirect", [("Location", there)], b""
        else:
            status, fields, answer = refusal(self.path, self.headers.get("Authorization"))
            reason = "Unauthorized"
        del body
        self.send_response_only(status, reason)
        for name, value in [("Date", DATE), ("Connection", "close"), *fields]:
            self.send_header(name, value)
        if "X-Correlation-ID" in self.headers:
            self.send_header("X-Correlation-ID", self.headers["X-Correlation-ID"])
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)
        self.close_connection = True

    def store(self):
        if "Authorization" in self.headers:
            body = (
                b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidArgument</Code><Message>Only one auth '
                b"mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
                b"Authorization header should be specified</Message><ArgumentName>Authorization</ArgumentName></Error>"
            )
            return 400, "Bad Request", [("Server", "AmazonS3"), ("Content-Type", "application/xml")], body
        return 200, "OK", [("Server", "AmazonS3"), ("Content-Type", "application/pdf")], b"%PDF-1.7"

    do_GET = do_POST = do_HEAD = do_PUT = handle_any

    def log_message(self, *_):
        pass


def serve_h2(port):
    """Cleartext HTTP/2 with prior knowledge, one request for a connection."""
    import socket

    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.events import RequestReceived, StreamEnded

    def one(sock):
        conn = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        conn.initiate_connection()
        sock.sendall(conn.data_to_send())
        asked = {}
        while data := sock.recv(65536):
            for event in conn.receive_data(data):
                if isinstance(event, RequestReceived):
                    asked[event.stream_id] = dict(event.headers)
                if isinstance(event, StreamEnded):
                    fields = asked[event.stream_id]
                    status, extra, body = refusal(fields[":path"], fields.get("authorization"))
                    answer = [(":status", str(status)), ("date", DATE), *[(n.lower(), v) for n, v in extra]]
                    conn.send_headers(event.stream_id, [*answer, ("content-length", str(len(body)))])
                    conn.send_data(event.stream_id, body, end_stream=True)
            sock.sendall(conn.data_to_send())

    listener = socket.create_server(("127.0.0.1", port))
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=one, args=(sock,), daemon=True).start()


def main():
    port, store = int(sys.argv[1]), int(sys.argv[2])
    for where, store_port in ((store, None), (port, store)):
        server = ThreadingHTTPServer(("127.0.0.1", where), Handler)
        server.store_port = store_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        serve_h2(port + 1)
    except ImportError:
        threading.Event().wait()


if __name__ == "__main__":
    main()
