#!/usr/bin/env bash
# Tries the recipes of examples/pipelines, the hooks and the step of the action with the real programs: pre-commit, pytest with
# requests and httpx, Newman, Playwright (its API, and pages where Chromium is installed). Needs Python, Node, git and the package registries.
# Usage: tests/pipelines/run.sh [WHY401]
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
program=$(realpath "${1:-target/debug/why401}")
work=$(mktemp -d)
mkdir "$work/bin"
ln -s "$program" "$work/bin/why401"
export PATH="$work/bin:$work/python/bin:$PATH"
token=4kQeTz8hWq2LrVn0XyPs7BdUcGfJ

python3 -m venv "$work/python"
hash -r
pip install --quiet pre-commit pytest requests httpx
python3 tests/pipelines/server.py >"$work/port" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
while [ ! -s "$work/port" ]; do sleep 0.1; done
port=$(cat "$work/port")
export SHOP="http://127.0.0.1:$port/v1/orders"

step() { printf '\n== %s\n' "$*"; }

# The output of a command that must end with this status, and says this.
expect() {
    local wanted=$1 says=$2 status=0 said
    shift 2
    said=$("$@" 2>&1) || status=$?
    if [ "$status" -ne "$wanted" ] || ! grep -qF "$says" <<<"$said"; then
        printf '%s\nended with %s, expected %s and %s\n' "$said" "$status" "$wanted" "$says" >&2
        exit 1
    fi
    if grep -q "${token:0:6}" <<<"$said"; then
        printf 'the token is shown\n' >&2
        exit 1
    fi
    grep -F "$says" <<<"$said" | head -2
}

step "$(pre-commit --version)"
mkdir "$work/hooks" && cp .pre-commit-hooks.yaml "$work/hooks"
git -C "$work/hooks" init --quiet && git -C "$work/hooks" add .
git -C "$work/hooks" -c user.name=a -c user.email=a@b.example commit --quiet --message hooks
mkdir "$work/project" && cd "$work/project" && git init --quiet
printf 'GET %s/17\nAuthorization: %s\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n\n' "https://api.shop.example/v1/orders" "$token" >a.http
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks: [{ id: why401 }, { id: why401-redact }]
YAML
git add .
expect 1 '[missing-bearer-prefix]' pre-commit run why401 --all-files
expect 1 'a.http:2:16: ‹token-1›' pre-commit run why401-redact --all-files
printf 'GET https://api.shop.example/v1/orders/17\nAccept: */*\n\nHTTP/1.1 200 OK\n\n' >a.http
git add .
expect 0 'Passed' pre-commit run --all-files

step 'the step of the action'
mkdir captures
printf 'GET https://api.shop.example/v1/orders/17\nAuthorization: %s\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n\n' "$token" >captures/a.txt
export GITHUB_OUTPUT=$work/output GITHUB_ACTION_PATH=$root
# As the runner starts it: bash without the user's files, ending at the first error.
run=$(sed -n 's/^ *run: //p' "$root/action.yml")
WHY401_FILES=captures WHY401_SARIF=out.sarif expect 1 '::warning file=captures/a.txt,line=2' bash --noprofile --norc -eo pipefail -c "$run"
grep -q 'exit-status=1' "$GITHUB_OUTPUT" && grep -q '"ruleId": "missing-bearer-prefix"' out.sarif
WHY401_FILES='captures' WHY401_FAIL_ON=never expect 0 '::warning' bash --noprofile --norc -eo pipefail -c "$run"

step "pytest $(python3 -c 'import pytest, requests, httpx; print(pytest.__version__, "requests", requests.__version__, "httpx", httpx.__version__)')"
mkdir "$work/pytest" && cd "$work/pytest" && cp "$root/examples/pipelines/pytest/conftest.py" .
cat >test_orders.py <<PY
import os, httpx, requests
def test_requests():
    assert requests.get(os.environ["SHOP"], headers={"Authorization": "$token"}).ok
def test_httpx():
    assert httpx.get(os.environ["SHOP"], headers={"Authorization": "$token"}).is_success
def test_expected():
    assert httpx.get(os.environ["SHOP"]).status_code == 401
PY
expect 1 '2 findings in 2 requests of 2 files.' python3 -m pytest --quiet --tb=no

step "newman $(cd "$work" && npm install --silent --no-fund --no-audit newman >/dev/null 2>&1; node -p "require('$work/node_modules/newman/package.json').version")"
mkdir "$work/newman" && cd "$work/newman"
cat >collection.json <<JSON
{"info":{"name":"shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
 "item":[{"name":"orders","event":[{"listen":"test","script":{"exec":["pm.test('ok', () => pm.response.to.have.status(200))"]}}],
  "request":{"method":"GET","url":"$SHOP","header":[{"key":"Authorization","value":"$token"}]}}]}
JSON
"$work/node_modules/.bin/newman" run collection.json --reporters json --reporter-json-export captures/newman.json >/dev/null 2>&1 || true
expect 1 '[missing-bearer-prefix]' why401 check captures

step "playwright $(cd "$work" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-fund --no-audit @playwright/test >/dev/null 2>&1; node -p "require('$work/node_modules/@playwright/test/package.json').version")"
mkdir -p "$work/playwright/tests" && cd "$work/playwright" && ln -s "$work/node_modules" node_modules
cp "$root"/examples/pipelines/playwright/*.js .
cat >tests/orders.spec.js <<JS
const { test, expect } = require("../why401");
test("orders", async ({ request }) => {
  const response = await request.get(process.env.SHOP, { headers: { Authorization: "$token" } });
  expect(response.ok()).toBeTruthy();
});
test("the refusal that is expected", async ({ request }) => {
  expect((await request.get(process.env.SHOP)).status()).toBe(401);
});
JS
node_modules/.bin/playwright test >/dev/null 2>&1 || true
expect 1 '1 finding in 1 request of 1 file.' why401 check captures
if chromium=$(command -v chromium); then
    cat >tests/page.spec.js <<JS
const { test, expect } = require("../why401");
test.use({ launchOptions: { executablePath: "$chromium" }, extraHTTPHeaders: { Authorization: "$token" } });
test("page", async ({ page }) => expect((await page.goto(process.env.SHOP)).status()).toBe(200));
JS
    rm -r captures
    node_modules/.bin/playwright test page >/dev/null 2>&1 || true
    chromium --version
    expect 1 '[missing-bearer-prefix]' why401 check captures
else
    printf 'Chromium is not installed: no page was tried.\n'
fi
printf '\nAll recipes ran.\n'
