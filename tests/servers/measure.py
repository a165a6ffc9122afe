#!/usr/bin/env python3
"""Ask servers and libraries what they answer to defective credentials, and write the answers as a table.

    measure.py [SUBJECT...]        all subjects of subjects/ that are installed, or the named ones

Each subject is a small program in subjects/ with one protected route. It listens on the port in PORT, on loopback only,
and prints its versions. A line `path: /v2/` in a comment names another path than /orders/7. The requests are written byte
by byte, so that no client library corrects them. The table is answers.tsv: subject, versions, case, status,
WWW-Authenticate (or Proxy-Authenticate), body (cut to 600 characters), Server.

Python subjects need the packages in requirements.txt, those in JavaScript the packages in package.json, the rest those in
debian.txt. PYTHON and NODE_PATH say where they are.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SECRET = b"a-secret-of-thirty-two-bytes-or-more-1"
OTHER = b"another-secret-of-thirty-two-bytes-or-2"
OPAQUE = "tk-9f2Qw8ZrLm4Xc7Vb"
NOW = int(os.environ.get("NOW", time.time()))


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def jwt(secret=SECRET, alg="HS256", **claims):
    body = {"sub": "17", "user_id": 17, "token_type": "access", "jti": "7f0c1b52", "iss": "https://id.example/",
            "aud": "orders", "iat": NOW - 60, "exp": NOW + 3600} | claims
    head = part({"alg": alg, "typ": "JWT"}) + "." + part(body)
    signature = b"" if alg == "none" else hmac.new(secret, head.encode(), hashlib.sha256).digest()
    return head + "." + part(signature)


def basic(text):
    return base64.b64encode(text.encode()).decode()


def bearer_cases(token, word="Bearer"):
    yield "f0 no Authorization", []
    yield "f1 raw token, no scheme", [f"Authorization: {token}"]
    yield "f2 scheme in lower case", [f"Authorization: {word.lower()} {token}"]
    yield "f3 two spaces after the scheme", [f"Authorization: {word}  {token}"]
    yield "f4 blank field", ["Authorization:"]
    yield "f5 scheme and nothing", [f"Authorization: {word}"]
    yield "f6 `undefined` as token", [f"Authorization: {word} undefined"]
    yield "f7 token in quotes", [f'Authorization: {word} "{token}"']
    if token.count(".") == 2:
        yield "f8 expired", [f"Authorization: {word} {jwt(exp=NOW - 60, iat=NOW - 3600)}"]
        yield "f9 not yet valid", [f"Authorization: {word} {jwt(nbf=NOW + 600)}"]
        yield "f10 wrong audience", [f"Authorization: {word} {jwt(aud='stock')}"]
        yield "f11 wrong issuer", [f"Authorization: {word} {jwt(iss='https://other.example/')}"]
        yield "f12 signed with another key", [f"Authorization: {word} {jwt(OTHER)}"]
        yield "f13 alg none", [f"Authorization: {word} {jwt(alg='none')}"]
        yield "x-refresh", [f"Authorization: {word} {jwt(token_type='refresh', type='refresh')}"]
    yield "f14 another scheme", [f"Authorization: {'Basic' if word == 'Bearer' else 'Bearer'} {token}"]
    yield "f15 two fields, good then bad", [f"Authorization: {word} {token}", "Authorization: Basic am86eA=="]
    yield "f16 good", [f"Authorization: {word} {token}"]
    yield "x-badtoken", [f"Authorization: {word} n4XqQ9xLr6TbVd2KcYp7MzSj1FgE"]
    yield "x-colon", [f"Authorization: {word}: {token}"]
    yield "x-doubled", [f"Authorization: {word} {word} {token}"]


def basic_cases(_):
    good = basic("jo:right-horse")
    yield "f0 no Authorization", []
    yield "f1 raw credentials, no scheme", [f"Authorization: {good}"]
    yield "f2 scheme in lower case", [f"Authorization: basic {good}"]
    yield "f4 blank field", ["Authorization:"]
    yield "f5 scheme and nothing", ["Authorization: Basic"]
    yield "f14 another scheme", [f"Authorization: Bearer {OPAQUE}"]
    yield "f16 good", [f"Authorization: Basic {good}"]
    yield "x-nocolon", [f"Authorization: Basic {basic('jo')}"]
    yield "x-notbase64", ["Authorization: Basic jo:right-horse"]
    yield "x-newline", [f"Authorization: Basic {basic('jo:right-horse' + chr(10))}"]
    yield "x-wrongpass", [f"Authorization: Basic {basic('jo:wrong-horse')}"]


def key_cases(_):
    yield "k0 no key", []
    yield "k1 wrong key", ["X-API-Key: n4XqQ9xLr6TbVd2KcYp7"]
    yield "k2 blank key", ["X-API-Key:"]
    yield "k3 key in Authorization", [f"Authorization: Bearer {OPAQUE}"]
    yield "k4 key in quotes", [f'X-API-Key: "{OPAQUE}"']
    yield "k5 good", [f"X-API-Key: {OPAQUE}"]


def proxy_cases(_):
    good = basic("jo:right-horse")
    yield "p0 no Proxy-Authorization", []
    yield "p1 credentials in Authorization", [f"Authorization: Basic {good}"]
    yield "p2 credentials without a scheme", [f"Proxy-Authorization: {good}"]
    yield "p3 another scheme", [f"Proxy-Authorization: Bearer {OPAQUE}"]
    yield "p4 wrong password", [f"Proxy-Authorization: Basic {basic('jo:wrong-horse')}"]
    yield "p5 not base64", ["Proxy-Authorization: Basic jo:right-horse"]
    yield "p6 scheme and nothing", ["Proxy-Authorization: Basic"]
    yield "p7 good", [f"Proxy-Authorization: Basic {good}"]


def digest(challenge, path, password="right-horse", **changed):
    values = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge)) | {"cnonce": "b1946ac9", "nc": "00000001"}
    qop = "auth" if "qop" in values else None
    md5 = lambda *parts: hashlib.md5(":".join(parts).encode()).hexdigest()
    values |= changed
    ha1, ha2 = md5("jo", values["realm"], password), md5("GET", path)
    middle = [values["nc"], values["cnonce"], qop] if qop else []
    field = f'Authorization: Digest username="jo", realm="{values["realm"]}", nonce="{values["nonce"]}", uri="{changed.get("uri", path)}"'
    if "opaque" in values:
        field += f', opaque="{values["opaque"]}"'
    if "algorithm" in values:
        field += f', algorithm={values["algorithm"]}'
    if qop:
        field += f', qop=auth, nc={values["nc"]}, cnonce="{values["cnonce"]}"'
    return field + f', response="{md5(ha1, values["nonce"], *middle, ha2)}"'


def digest_cases(look):
    """`look` asks without credentials and returns the challenge."""
    path = look.path
    yield "d0 no Authorization", []
    yield "d1 Basic", [f"Authorization: Basic {basic('jo:right-horse')}"]
    yield "d2 wrong password", [digest(look(), path, "wrong-horse")]
    yield "d3 another nonce", [digest(look(), path, nonce="5f2c1e8a9b7d40361c0e")]
    yield "d4 URI of another request", [digest(look(), path, uri="/orders/8")]
    yield "d5 scheme and nothing", ["Authorization: Digest"]
    yield "d6 Bearer", [f"Authorization: Bearer {OPAQUE}"]
    yield "d7 good", [digest(look(), path)]


def cookie_cases(log_in):
    """`log_in` returns the cookie of a new session, `name=value`."""
    name, _, value = log_in().partition("=")
    yield "c0 no cookie", []
    yield "c1 unknown session", [f"Cookie: {name}=s3cUn7knownvqz8r0n5y2m1xw4k6p9ad"]
    yield "c2 blank cookie", [f"Cookie: {name}="]
    yield "c3 token in Authorization", [f"Authorization: Bearer {OPAQUE}"]
    yield "c4 good", [f"Cookie: {name}={value}"]


def csrf_cases(log_in):
    """`log_in` returns the cookie and the token of a new session; the requests are POST."""
    cookie, token = log_in(), log_in.body.get("token", "")
    yield "s0 no CSRF token", [f"Cookie: {cookie}"]
    yield "s1 wrong CSRF token", [f"Cookie: {cookie}", "X-CSRF-Token: n4XqQ9xLr6TbVd2KcYp7"]
    yield "s2 no cookie", [f"X-CSRF-Token: {token}"]
    yield "s3 good", [f"Cookie: {cookie}", f"X-CSRF-Token: {token}"]


KINDS = {
    "jwt": lambda: bearer_cases(jwt()),
    "opaque": lambda: bearer_cases(OPAQUE),
    "token": lambda: bearer_cases(OPAQUE, "Token"),
    "basic": lambda: basic_cases(None),
    "key": lambda: key_cases(None),
    "proxy": lambda: proxy_cases(None),
}
# These need an answer of the server before they can write a request.
LATER = {"digest": digest_cases, "cookie": cookie_cases, "csrf": csrf_cases}


class Look:
    """Asks the subject for a challenge or a session."""

    def __init__(self, port, path, name):
        self.port, self.path, self.name, self.body = port, path, name, {}

    def __call__(self):
        fields, body = exchange(self.port, [], self.path)[1:]
        try:
            self.body = json.loads(body)
        except ValueError:
            pass
        return next((v.split(";")[0] if self.name == "set-cookie" else v for k, v in fields
                     if k == self.name and not v.startswith("Basic")), "")


def exchange(port, fields, target="/orders/7", method="GET"):
    length = ["Content-Length: 0"] if method == "POST" else []
    lines = [f"{method} {target} HTTP/1.1", "Host: api.example.test", "User-Agent: measure/1", "Accept: */*", *fields, *length,
             "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.settimeout(10)
        s.sendall("\r\n".join(lines).encode())
        data = b""
        while chunk := s.recv(65536):
            data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    head = head.decode("latin-1").split("\r\n")
    fields = [(k.lower(), v.strip()) for k, _, v in (line.partition(":") for line in head[1:])]
    if ("transfer-encoding", "chunked") in fields:
        body = b"".join(piece for piece in body.split(b"\r\n")[1::2])
    return int(head[0].split()[1]), fields, body.decode(errors="replace")


def ask(port, fields, target="/orders/7", method="GET"):
    status, fields, body = exchange(port, fields, target, method)
    challenge = [v for k, v in fields if k in ("www-authenticate", "proxy-authenticate")]
    server = next((v for k, v in fields if k == "server"), "–")
    # Style sheets and comments of an HTML page say nothing, and the body of a good answer is not read again.
    body = re.sub(r"<!--.*?-->|<style.*?</style>|<meta[^>]*>|<!DOCTYPE[^>]*>", "", body, flags=re.S | re.I)
    return status, " | ".join(challenge), " ".join(body.split())[:200 if status < 300 else 600], server


class Fixed(Look):
    """A challenge or a session that is written down already."""

    def __init__(self, value, path):
        super().__init__(0, path, "")
        self.value, self.body = value, {"token": "6d1c0f9e8b7a"}

    def __call__(self):
        return self.value


def place(path):
    """The method and the target that the requests of a subject have."""
    named = re.search(r"^(?:#|//) path: (\S+)", path.read_text(), re.M)
    kind = path.stem.rsplit("_", 1)[1]
    return "POST" if kind == "csrf" else "GET", named[1] if named else "/orders/7"


def run(path):
    name, kind = path.stem.rsplit("_", 1)
    method, target = place(path)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = {".py": [os.environ.get("PYTHON", sys.executable)], ".mjs": ["node"], ".cjs": ["node"], ".rb": ["ruby"],
               ".pl": ["perl"], ".go": ["go", "run"]}[path.suffix]
    env = os.environ | {"PORT": str(port), "SECRET": SECRET.decode(), "TOKEN": OPAQUE, "GO111MODULE": "off",
                        "GOPATH": "/usr/share/gocode"}
    program = subprocess.Popen([*command, str(path)], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               start_new_session=True)
    try:
        versions = program.stdout.readline().strip()
        for _ in range(60):
            try:
                exchange(port, [])
                break
            except (OSError, ValueError, IndexError):
                time.sleep(0.25)
        if kind in LATER:
            look = Look(port, "/login" if kind != "digest" else target, "set-cookie" if kind != "digest" else "www-authenticate")
            cases = LATER[kind](look)
        else:
            cases = KINDS[kind]()
        for case, fields in cases:
            try:
                at = f"http://127.0.0.1:{port}/" if kind == "proxy" else target
                status, challenge, body, server = ask(port, fields, at, method)
            except (OSError, ValueError, IndexError) as e:
                status, challenge, body, server = 0, "", f"no answer: {type(e).__name__}", "–"
            yield name, versions, case, status, challenge or "–", body.replace(jwt(), "<token>"), server
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)


def good_enough(row):
    """A good request is answered with 200, and without an error in the body. A proxy may only fail to reach the server."""
    return row[3] in (200, 204) and '"errors"' not in row[5] or row[0].endswith("proxy") and row[3] not in (0, 407)


def main():
    wanted = sys.argv[1:]
    table = HERE / "answers.tsv"
    rows = [line.split("\t") for line in table.read_text().splitlines()[1:]] if wanted and table.exists() else []
    for path in sorted((HERE / "subjects").iterdir()):
        name = path.stem.rsplit("_", 1)[0]
        if wanted and name not in wanted or path.suffix == ".txt":
            continue
        found = list(run(path))
        good = [r for r in found if r[2].endswith("good")]
        if not good or not good_enough(good[0]):
            print(f"{name}: the good request got {good[0][3:] if good else 'no answer'}, left out", file=sys.stderr)
            continue
        rows = [r for r in rows if r[0] != name] + [list(map(str, r)) for r in found]
    rows.sort(key=lambda r: r[0])
    head = ["subject", "versions", "case", "status", "www-authenticate", "body", "server"]
    table.write_text("\n".join("\t".join(r) for r in [head, *rows]) + "\n")
    print(f"{len({r[0] for r in rows})} subjects, {len(rows)} answers")


if __name__ == "__main__":
    main()
