#!/usr/bin/env bash
# Tries `why401 mcp` with the official Python client. Needs Python 3.10 and the package registry.
# Usage: tests/agents/run.sh [WHY401]
set -eu
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/debug/why401}")
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet mcp
"$tools/bin/python" tests/agents/client.py "$program"
