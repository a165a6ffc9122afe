"""Checks the Spark job: check.py same PARQUET JSONL, or check.py peak COMMAND…"""

import collections
import json
import resource
import subprocess
import sys

# What one exchange shows of another counts among its neighbours only, so the borders of a file may change a few verdicts.
MOST_CHANGED = 8 * 32


def same(parquet, lines):
    """Fails unless the job counted the first causes as the program alone did."""
    import pyarrow.parquet

    job = collections.Counter()
    for row in pyarrow.parquet.read_table(parquet).to_pylist():
        job[row["cause"], row["verdict"]] += row["requests"]
    alone = collections.Counter()
    with open(lines, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            if one["outcome"] == "refused":
                first = one["causes"][0] if one["causes"] else {}
                alone[first.get("id"), first.get("verdict")] += 1
    for (cause, verdict), count in job.most_common():
        print(f"{count:8} {verdict} {cause}")
    changed = sum((job - alone).values())
    if job.total() != alone.total() or changed > MOST_CHANGED:
        sys.exit(f"the program alone counts {dict(alone)}")
    print(f"{job.total()} refused exchanges in both; {changed} with another first cause than without the borders of partitions")


def peak(command):
    """Runs a command and says on standard error how much processor time it took and the most memory that it had."""
    status = subprocess.run(command, check=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    print(f"{seconds:.3f} s of processor time, {used.ru_maxrss / 1024:.1f} MiB at most", file=sys.stderr)
    sys.exit(status)


if sys.argv[1] == "same":
    same(sys.argv[2], sys.argv[3])
else:
    peak(sys.argv[2:])
