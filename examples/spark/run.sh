#!/usr/bin/env bash
# Runs the Spark job on made-up exchanges in local mode, and checks what it counts against one run of the program alone.
# Needs Python 3.10 or later, Java 17 or later and the Python package registry.
# Usage: examples/spark/run.sh [WHY401 [EXCHANGES]]
set -eu
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-target/release/why401}")
count=${2:-100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The version that was tried; later ones should do. `mapInArrow` asks for pandas, although no data frame of it is made.
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet "pyspark==4.3.0" "pyarrow>=15" "pandas>=2.2,<3"
"$work/python/bin/python" examples/spark/exchanges.py "$count" "$work/in"

echo "== the job, two cores"
begin=$(date +%s.%N)
PYSPARK_PYTHON="$work/python/bin/python" "$work/python/bin/spark-submit" --master 'local[2]' --conf spark.ui.enabled=false \
    --conf spark.log.level=ERROR examples/spark/refusals.py --program "$program" "$work/in" "$work/out" 2>"$work/log" ||
    { tail -30 "$work/log" >&2; exit 1; }
end=$(date +%s.%N)

echo "== the program alone, one core"
status=0
cat "$work"/in/*.jsonl | "$work/python/bin/python" examples/spark/check.py peak \
    "$program" bulk --format jsonl --jobs 1 >"$work/alone.jsonl" || status=$?
[ "$status" -eq 1 ] # something was found

"$work/python/bin/python" examples/spark/check.py same "$work/out" "$work/alone.jsonl"
echo "the job took $(echo "$end $begin" | awk '{printf "%.1f", $1 - $2}') s for $count exchanges, start of Spark included"
echo "a process that reads nothing:"
"$work/python/bin/python" examples/spark/check.py peak "$program" bulk --format jsonl </dev/null || true
