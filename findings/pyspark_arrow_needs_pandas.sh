#!/usr/bin/env bash
# PySpark 4.3.0: `mapInArrow` hands record batches of Arrow to a function and takes record batches from it; no pandas object is
# involved. With pyarrow and without pandas it fails before it runs anything, with PACKAGE_NOT_INSTALLED for pandas; with pandas
# installed the same lines run. Needs Java 17 or later.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
pip=("$tmp/v/bin/pip" install --quiet --disable-pip-version-check)
"${pip[@]}" pyspark==4.3.0 pyarrow==26.0.1
cat >"$tmp/job.py" <<'PY'
import pyspark
from pyspark.sql import SparkSession

print("pyspark", pyspark.__version__)
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")


def same(batches):
    yield from batches


try:
    print("rows:", spark.range(3).mapInArrow(same, "id long").count())
except Exception as error:
    print(type(error).__name__, str(error).split("]")[0] + "]", "pandas" in str(error).lower())
PY
run() { PYSPARK_PYTHON="$tmp/v/bin/python" "$tmp/v/bin/python" "$tmp/job.py" 2>/dev/null; }
echo "without pandas:"
without=$(run)
echo "$without"
"${pip[@]}" pandas==2.3.3
echo "with pandas 2.3.3:"
with=$(run)
echo "$with"
grep -q '^PySparkImportError \[PACKAGE_NOT_INSTALLED\] True$' <<<"$without"
grep -q '^rows: 3$' <<<"$with"
