#!/usr/bin/env bash
# Tests the page in a real browser: tests/browser/run.sh [PAGE [PROGRAM]]
#
# Needs Node.js 20 and Chromium (Debian: apt-get install chromium; elsewhere say where it is: CHROMIUM=…). Both the page
# (cargo xtask page) and the program (cargo build) must be of the same source.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
page=$(realpath -m "${1:-$root/target/page/why401.html}")
program=$(realpath -m "${2:-$root/target/debug/why401}")
chromium=${CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
for needed in "$page" "$program" "$chromium"; do
    if [ ! -e "$needed" ]; then
        printf 'Missing: %s. Build the page with `cargo xtask page`, the program with `cargo build`; install Chromium.\n' "${needed:-Chromium}" >&2
        exit 2
    fi
done
# Dependencies go to the target folder, not beside the source.
cd "$root/tests/browser"
modules=$root/target/browser
mkdir -p "$modules"
cp package.json package-lock.json "$modules"
[ -d "$modules/node_modules/playwright-core" ] || npm ci --prefix "$modules" --ignore-scripts --no-audit --no-fund --silent
cp ./*.mjs "$modules"
exec node "$modules/test.mjs" "$page" "$program" "$chromium" "$root"
