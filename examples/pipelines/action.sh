#!/usr/bin/env bash
# The step of action.yml. Its inputs are environment variables, so that nothing of them is run as a command.
set -u
arguments=()
if [ -n "${WHY401_CONFIG:-}" ]; then arguments+=(--config "$WHY401_CONFIG"); fi
if [ -n "${WHY401_BASELINE:-}" ]; then arguments+=(--baseline "$WHY401_BASELINE"); fi
if [ -n "${WHY401_FAIL_ON:-}" ]; then arguments+=(--fail-on "$WHY401_FAIL_ON"); fi
# One file or folder a line, or several in a line.
files=()
while read -r -a words; do files+=("${words[@]}"); done <<<"${WHY401_FILES:-}"

status=0
"${WHY401_PROGRAM:-why401}" check --format github "${arguments[@]}" -- ${files[@]+"${files[@]}"} || status=$?
if [ -n "${WHY401_SARIF:-}" ] && [ "$status" -ne 2 ]; then
    "${WHY401_PROGRAM:-why401}" check --format sarif --output "$WHY401_SARIF" "${arguments[@]}" -- ${files[@]+"${files[@]}"} >/dev/null
fi
printf 'exit-status=%s\n' "$status" >>"${GITHUB_OUTPUT:-/dev/null}"
# No capture: no request was refused.
if [ "$status" -eq 3 ]; then
    printf '::notice::why401: nothing to judge, or a refusal that no known cause explains\n'
    status=0
fi
exit "$status"
