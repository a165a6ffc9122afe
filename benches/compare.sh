#!/usr/bin/env bash
# why401 beside wiretrail 0.3.2, which reads HAR files too and knows no rules: start to end and in bulk, as ratios of one run.
# Instructions do not depend on what else the machine does; processor time does. Needs valgrind, GNU time and the package registry.
# Usage: benches/compare.sh [WHY401 [ENTRIES]]; WIRETRAIL=PATH saves the installation.
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/why401}")
entries=${2:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${WIRETRAIL:-}" ]; then
    cargo install --quiet --locked --root "$work" --version 0.3.2 wiretrail
    WIRETRAIL=$work/bin/wiretrail
fi
cargo xtask input har 1 >"$work/one.har"
cargo xtask input har 1000 >"$work/thousand.har"
cargo xtask input har "$entries" >"$work/many.har"

# The instructions of a command. why401 ends with 1 where it finds something.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}

# Seconds of processor time, and the most memory in MB.
cost() {
    { command time --quiet --format '%U %S %M' "$@" >/dev/null; } 2>&1 | tail -1 | awk '{ printf "%.2f %.1f", $1 + $2, $3 / 1024 }'
}

row() { printf '%-44s %14s %14s %8s\n' "$@"; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

row "" why401 wiretrail ratio
ours=$(instructions "$program" examples/ticket.txt)
theirs=$(instructions "$WIRETRAIL" "$work/one.har" diagnose)
row "instructions: a ticket, a HAR of one entry" "$ours" "$theirs" "$(ratio "$ours" "$theirs")"
ours=$(instructions "$program" --format json "$work/thousand.har")
theirs=$(instructions "$WIRETRAIL" "$work/thousand.har" diagnose)
row "instructions: HAR of 1,000 entries, JSON" "$ours" "$theirs" "$(ratio "$ours" "$theirs")"
read -r ours our_memory <<<"$(cost "$program" bulk "$work/many.har")"
read -r theirs their_memory <<<"$(cost "$WIRETRAIL" "$work/many.har" diagnose)"
row "seconds: HAR of $entries entries, grouped" "$ours" "$theirs" "$(ratio "$ours" "$theirs")"
row "MB at most: the same" "$our_memory" "$their_memory" "$(ratio "$our_memory" "$their_memory")"
