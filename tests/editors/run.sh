#!/usr/bin/env bash
# Tries `why401 lsp` with pytest-lsp and, where it is installed, with Neovim. Needs Python 3.10 and the package registry.
# Usage: tests/editors/run.sh [WHY401]
set -eu
cd "$(dirname "$0")/../.."
WHY401=$(realpath "${1:-target/debug/why401}")
export WHY401
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools/python"
"$tools/python/bin/pip" install --quiet pytest-lsp
"$tools/python/bin/python" -m pytest --quiet -rP -p no:cacheprovider -o asyncio_mode=auto -o asyncio_default_fixture_loop_scope=function tests/editors/test_client.py

if command -v nvim >/dev/null; then
    nvim --version | head -1
    printf 'GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\n' >"$tools/orders.http"
    CAPTURE="$tools/orders.http" timeout 120 nvim --headless -u NONE -n -c 'luafile tests/editors/neovim.lua' 2>&1
    printf '\n'
else
    printf 'Neovim is not installed: not tried.\n'
fi
