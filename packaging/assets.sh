#!/usr/bin/env bash
# Writes the manual page and the completions for five shells into a folder, as packages have them.
# Usage: packaging/assets.sh PROGRAM FOLDER
set -eu
program=$1
mkdir -p "$2/completions"
"$program" man >"$2/why401.1"
for shell in bash zsh fish powershell elvish; do "$program" completions "$shell" >"$2/completions/why401.$shell"; done
