#!/usr/bin/env bash
# @fastify/bearer-auth 10.1.3 and Flask-JWT-Extended 4.7.4 refuse a valid token whose scheme is written `bearer`.
# The scheme is compared without regard to case (RFC 9110, section 11.1). Both answer 401 with words that speak of the field
# and not of case: "invalid authorization header"; "Missing 'Bearer' type in 'Authorization' header".
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit fastify@5.12.8 @fastify/bearer-auth@10.1.3
cat >server.mjs <<'JS'
import fastify from "fastify";
import bearer from "@fastify/bearer-auth";

const app = fastify();
await app.register(bearer, { keys: new Set(["tk-9f2Qw8ZrLm4Xc7Vb"]) });
app.get("/", async () => ({ ok: true }));
for (const [scheme, expected] of [["Bearer", 200], ["bearer", 401]]) {
  const answer = await app.inject({ url: "/", headers: { authorization: `${scheme} tk-9f2Qw8ZrLm4Xc7Vb` } });
  console.log(`@fastify/bearer-auth 10.1.3, ${scheme}: ${answer.statusCode} ${answer.body}`);
  if (answer.statusCode !== expected) process.exit(1);
}
JS
node server.mjs
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check flask-jwt-extended==4.7.4 pyjwt==2.15.1 flask==3.1.3
v/bin/python -W ignore - <<'PY'
from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, jwt_required

app = Flask(__name__)
app.config["JWT_SECRET_KEY"] = "a key of this script alone, long enough"
JWTManager(app)
app.get("/")(jwt_required()(lambda: {"ok": True}))
with app.app_context():
    token = create_access_token("alice")
for scheme, expected in [("Bearer", 200), ("bearer", 401)]:
    answer = app.test_client().get("/", headers={"Authorization": f"{scheme} {token}"})
    print(f"Flask-JWT-Extended 4.7.4, {scheme}: {answer.status_code} {answer.get_data(as_text=True).strip()}")
    assert answer.status_code == expected
PY
