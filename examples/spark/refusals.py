"""Counts why requests were refused, over a folder of exchanges as JSON lines, with Apache Spark.

    spark-submit refusals.py --program why401 INPUT OUTPUT

Each partition is piped through one process of `why401 bulk --format jsonl`. OUTPUT becomes a Parquet folder with the columns
cause, verdict, endpoint, hour (UTC, null if the exchange has no date) and requests. Only refused exchanges are counted, each
under its first cause; `cause` is null where the exchange shows none. What is written is masked, as in every report.
"""

import argparse
import datetime
import email.utils
import json
import subprocess
import threading
from urllib.parse import urlsplit

import pyarrow
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

COLUMNS = "cause string, verdict string, endpoint string, hour string"


def hour(text):
    """The hour of a date of HTTP or of ISO 8601, in UTC; None if it is neither."""
    if not text:
        return None
    try:
        at = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        try:
            at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return None
    if at.tzinfo:
        at = at.astimezone(datetime.timezone.utc)
    return at.strftime("%Y-%m-%dT%H:00Z")


def row(line):
    """A row of COLUMNS for a line of the program; None for an exchange that was not refused."""
    one = json.loads(line)
    if one["outcome"] != "refused":
        return None
    first = one["causes"][0] if one["causes"] else {}
    url = urlsplit(one["url"] or "")
    called = f"{one['method'] or '?'} {url.netloc}{url.path}"
    return first.get("id"), first.get("verdict"), one["endpoint"] or called, hour(one["time"])


def batches(lines, size=5_000):
    """The lines of the program as Arrow batches."""
    names = [column.split()[0] for column in COLUMNS.split(", ")]
    schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
    rows = []
    for line in lines:
        found = row(line)
        if found:
            rows.append(dict(zip(names, found)))
        if len(rows) == size:
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)
            rows = []
    if rows:
        yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def through(program):
    """What Spark calls for each partition: batches of lines in, batches of rows out."""

    def pipe(partition):
        # Spark has one task for each core already.
        command = [program, "bulk", "--format", "jsonl", "--jobs", "1"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

        def feed():
            with process.stdin as out:
                for batch in partition:
                    for line in batch.column(0):
                        out.write(line.as_py() + "\n")

        # The program answers while it reads, so both pipes must be served at once.
        feeder = threading.Thread(target=feed)
        feeder.start()
        yield from batches(process.stdout)
        feeder.join()
        # 0: nothing found, 1: something found, 3: nothing to judge.
        if process.wait() not in (0, 1, 3):
            raise RuntimeError(f"why401 ended with status {process.returncode}")

    return pipe


def main():
    """Reads, pipes, counts and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="why401", help="the program, at the same path on every worker")
    parser.add_argument("input", help="a folder of files with one exchange a line")
    parser.add_argument("output", help="the folder of Parquet files to write")
    options = parser.parse_args()
    spark = SparkSession.builder.appName("why401").getOrCreate()
    rows = spark.read.text(options.input).mapInArrow(through(options.program), COLUMNS)
    counted = rows.groupBy("cause", "verdict", "endpoint", "hour").agg(f.count("*").alias("requests"))
    counted.write.mode("overwrite").parquet(options.output)
    spark.stop()


if __name__ == "__main__":
    main()
