#!/usr/bin/env python3
"""Ask servers and libraries what they answer to defective credentials, and write the answers as a table.

    measure.py [SUBJECT...]        all subjects of subjects/ that are installed, or the named ones

Each subject is a small program in subjects/ with one protected route. It listens on the port in PORT, on loopback only,
and prints its versions. The requests are written byte by byte, so that no client library corrects them. The table is
answers.tsv: subject, versions, case, status, WWW-Authenticate, body (cut to 160 characters).

Python subjects need the packages in requirements.txt, those in JavaScript the packages in package.json. PYTHON and
NODE_PATH say where they are.
"""
import base64
import hashlib
import hmac
import json
import os
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


KINDS = {
    "jwt": lambda: bearer_cases(jwt()),
    "opaque": lambda: bearer_cases(OPAQUE),
    "token": lambda: bearer_cases(OPAQUE, "Token"),
    "basic": lambda: basic_cases(None),
    "key": lambda: key_cases(None),
}


def ask(port, fields):
    lines = ["GET /orders/7 HTTP/1.1", "Host: api.example.test", "User-Agent: measure/1", "Accept: */*", *fields,
             "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.settimeout(10)
        s.sendall("\r\n".join(lines).encode())
        data = b""
        while chunk := s.recv(65536):
            data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    head = head.decode("latin-1").split("\r\n")
    fields = [line.split(":", 1) for line in head[1:]]
    challenge = [v.strip() for k, v in fields if k.lower() == "www-authenticate"]
    if any(k.lower() == "transfer-encoding" for k, _ in fields):
        body = b"".join(piece for piece in body.split(b"\r\n")[1::2])
    return int(head[0].split()[1]), " | ".join(challenge), " ".join(body.decode(errors="replace").split())[:160]


def run(path):
    kind = path.stem.rsplit("_", 1)[1]
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = {".py": [os.environ.get("PYTHON", sys.executable)], ".mjs": ["node"], ".cjs": ["node"]}[path.suffix]
    env = os.environ | {"PORT": str(port), "SECRET": SECRET.decode(), "TOKEN": OPAQUE}
    program = subprocess.Popen([*command, str(path)], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        versions = program.stdout.readline().strip()
        for _ in range(60):
            try:
                ask(port, [])
                break
            except OSError:
                time.sleep(0.25)
        for case, fields in KINDS[kind]():
            try:
                status, challenge, body = ask(port, fields)
            except (OSError, ValueError, IndexError) as e:
                status, challenge, body = 0, "", f"no answer: {type(e).__name__}"
            yield path.stem.rsplit("_", 1)[0], versions, case, status, challenge or "–", body.replace(jwt(), "<token>")
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(10)


def main():
    wanted = sys.argv[1:]
    table = HERE / "answers.tsv"
    rows = [line.split("\t") for line in table.read_text().splitlines()[1:]] if wanted and table.exists() else []
    for path in sorted((HERE / "subjects").iterdir()):
        name = path.stem.rsplit("_", 1)[0]
        if wanted and name not in wanted or path.suffix not in (".py", ".mjs", ".cjs"):
            continue
        found = list(run(path))
        good = [r for r in found if r[2].endswith("good")]
        if not good or good[0][3] != 200:
            print(f"{name}: the good request got {good[0][3] if good else 'no answer'}, left out", file=sys.stderr)
            continue
        rows = [r for r in rows if r[0] != name] + [list(map(str, r)) for r in found]
    rows.sort(key=lambda r: r[0])
    head = ["subject", "versions", "case", "status", "www-authenticate", "body"]
    table.write_text("\n".join("\t".join(r) for r in [head, *rows]) + "\n")
    print(f"{len({r[0] for r in rows})} subjects, {len(rows)} answers")


if __name__ == "__main__":
    main()
