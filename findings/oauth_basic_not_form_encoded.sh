#!/usr/bin/env bash
# Authlib 1.9.10 and requests-oauthlib 2.0.0: client_secret_basic without the form encoding that OAuth 2.0 asks for.
# RFC 6749 (section 2.3.1) has client id and secret form-encoded before they become user and password. Both libraries send them
# as they are. A server that follows the RFC, here node-oidc-provider 9.13.3, decodes what it gets, and answers 401 invalid_client
# to the right secret as soon as it has a `+` or `%`. openid-client 6.9.0 sends it encoded and gets its token.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true' EXIT
cd "$tmp"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit oidc-provider@9.13.3 openid-client@6.9.0
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check authlib==1.9.10 requests==2.34.2 requests-oauthlib==2.0.0 oauthlib==4.0.1

cat >server.mjs <<'JS'
import { writeFileSync } from "node:fs";
import http from "node:http";
import { Provider } from "oidc-provider";

const client = (client_id, client_secret) => ({ client_id, client_secret, grant_types: ["client_credentials"], redirect_uris: [], response_types: [] });
const server = http.createServer().listen(0, "127.0.0.1", () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(url, {
    clients: [client("plain", "letters-alone-are-the-same-encoded"), client("signs", "made+up%2Fsecret-of-this-script")],
    features: { clientCredentials: { enabled: true } },
  });
  server.on("request", provider.callback());
  writeFileSync("url", url);
});
JS
node server.mjs >server.log 2>&1 &
server=$!
for _ in $(seq 100); do [ -s url ] && break; sleep 0.1; done

cat >client.mjs <<'JS'
import * as client from "openid-client";
const url = process.argv[2];
for (const [id, secret] of [["plain", "letters-alone-are-the-same-encoded"], ["signs", "made+up%2Fsecret-of-this-script"]]) {
  const server = new client.Configuration({ issuer: url, token_endpoint: `${url}/token` }, id, undefined, client.ClientSecretBasic(secret));
  client.allowInsecureRequests(server);
  const answer = await client.clientCredentialsGrant(server, {});
  console.log(`openid-client 6.9.0, ${id}: a token of type ${answer.token_type}`);
}
JS
node client.mjs "$(cat url)"

OAUTHLIB_INSECURE_TRANSPORT=1 AUTHLIB_INSECURE_TRANSPORT=1 v/bin/python -W ignore - "$(cat url)/token" <<'PY'
import sys
from authlib.integrations.requests_client import OAuth2Session as Authlib
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session as Oauthlib


def by_authlib(url, client_id, secret):
    return Authlib(client_id, secret, token_endpoint_auth_method="client_secret_basic").fetch_token(url, grant_type="client_credentials")


def by_oauthlib(url, client_id, secret):
    session = Oauthlib(client=BackendApplicationClient(client_id=client_id))
    return session.fetch_token(url, client_id=client_id, client_secret=secret)


for name, fetch in [("Authlib 1.9.10", by_authlib), ("requests-oauthlib 2.0.0", by_oauthlib)]:
    for client_id, secret, expected in [
        ("plain", "letters-alone-are-the-same-encoded", "a token"),
        ("signs", "made+up%2Fsecret-of-this-script", "invalid_client"),
    ]:
        try:
            fetch(sys.argv[1], client_id, secret)
            seen = "a token"
        except Exception as error:
            seen = str(error)
        print(f"{name}, {client_id}: {seen}")
        assert expected in seen, seen
PY
