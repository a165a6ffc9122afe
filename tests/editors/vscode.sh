#!/usr/bin/env bash
# Tries the extension in a real VS Code: code-server of npm, which is the editor with its window in a browser, here headless Chromium.
# Opens a ticket, sees the finding of `why401 lsp`, its page and its quick fix, and saves a picture. Takes some minutes the first time,
# since parts of code-server are compiled (Debian: apt-get install build-essential python3 chromium), and half a minute later.
# Needs Node.js 20, with its headers in NODE_PREFIX (default: where node is).
# Usage: tests/editors/vscode.sh [WHY401]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${1:-$root/target/debug/why401}")
chromium=${CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
[ -x "$program" ] && [ -x "$chromium" ] || {
    printf 'Missing: %s\n' "$program or Chromium" >&2
    exit 2
}
# The version that takes Node.js 20; later ones need 24.
version=4.100.3
folder=$root/target/vscode
editor=$folder/node_modules/code-server
mkdir -p "$folder"
# Native modules are compiled with the headers that came with node: they are not fetched.
npm_config_nodedir=${NODE_PREFIX:-$(dirname "$(dirname "$(realpath "$(command -v node)")")")}
# A script of node-pty asks for node-gyp by npx.
export npm_config_nodedir npm_config_yes=true
if [ ! -e "$folder/is-built" ]; then
    quiet=(--silent --ignore-scripts --no-fund --no-audit)
    npm install "${quiet[@]}" --prefix "$folder" "code-server@$version" playwright-core
    npm rebuild --silent --prefix "$folder" --build-from-source argon2
    # Its scripts would fetch a program to search with, which nothing here needs.
    npm install "${quiet[@]}" --omit=dev --prefix "$editor/lib/vscode"
    npm rebuild --silent --prefix "$editor/lib/vscode" node-pty @vscode/spdlog native-watchdog
    touch "$folder/is-built"
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
export HOME=$work/home
mkdir -p "$HOME" "$work/project" "$work/data/Machine"
cp "$root/examples/ticket.txt" "$work/project"
cp -r "$root/editors/vscode" "$work/extension"
(cd "$work/extension" && npm install --silent --no-fund --no-audit && npm run --silent package >/dev/null 2>&1)
printf '{ "why401.path": "%s" }\n' "$program" >"$work/data/Machine/settings.json"
run=(node "$editor/out/node/entry.js" --user-data-dir "$work/data" --extensions-dir "$work/extensions" --config "$work/config.yaml")
printf 'code-server %s\n' "$("${run[@]}" --version 2>/dev/null | tail -1)"
"${run[@]}" --install-extension "$work"/extension/*.vsix 2>&1 | tail -1
"${run[@]}" --auth none --bind-addr 127.0.0.1:0 --disable-telemetry --disable-update-check --disable-workspace-trust \
    --disable-getting-started-override >"$work/server.txt" 2>&1 &
server=$!
for _ in $(seq 600); do
    address=$(sed -n 's|.*HTTP server listening on \(http://[^ /]*\).*|\1|p' "$work/server.txt")
    [ -z "$address" ] || break
    sleep 0.1
done
cp "$root/tests/editors/vscode.mjs" "$folder"
node "$folder/vscode.mjs" "$address" "$work/project/ticket.txt" "$chromium" "$folder/ticket.png" || {
    tail -20 "$work/server.txt" >&2
    exit 1
}
printf 'picture: %s\n' "target/vscode/ticket.png"
