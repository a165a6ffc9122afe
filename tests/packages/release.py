"""Runs what the release workflow runs, for the target of this machine, as its runner would: the commands of its steps, with the
program that was built. What only the host of the code can do (publishing, attestations) is shown instead. Then reads the archive as
`cargo binstall` does, by the metadata in Cargo.toml.

Usage: release.py PROGRAM TARGET
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, TARGET = pathlib.Path(sys.argv[1]), sys.argv[2]
SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
# Not for this machine: the target of rustup, and the build, which was done.
GIVEN = ("rustup ", "cargo build ")


def run(job, matrix, folder, environment):
    for step in job["steps"]:
        command = step.get("run")
        if not command:
            print("  uses", step["uses"].split("@")[0], "(not here)")
            continue
        command = re.sub(r"\$\{\{ *matrix\.(\w+) *\}\}", lambda found: matrix[found[1]], command)
        if command.startswith(GIVEN):
            print("  given:", command)
            continue
        print("  runs:", command, flush=True)
        own = {name: re.sub(r"\$\{\{.*?\}\}", "secret", value) for name, value in step.get("env", {}).items()}
        subprocess.run(SHELLS[step.get("shell")] + ["-c", command], cwd=folder, env={**environment, **own}, check=True)


def binstall(manifest, archive):
    """The names that the metadata gives, for each target of the release; and the program in the archive of this one."""
    package = manifest["package"]
    metadata = package["metadata"]["binstall"]
    for target in TARGETS + [TARGET]:
        own = {**metadata, **metadata.get("overrides", {}).get(target, {})}
        # It tries each ending of the format; packaging/archive.sh uses one of them.
        end = "zip" if "windows" in target else "tar.gz"
        assert end in {"tgz": ("tgz", "tar.gz"), "zip": ("zip",)}[own["pkg-fmt"]]
        values = {
            "name": package["name"],
            "version": package["version"],
            "target": target,
            "archive-format": end,
            "bin": "why401",
            "binary-ext": ".exe" if "windows" in target else "",
            "repo": "REPOSITORY",
        }
        fill = lambda text: re.sub(r"\{ *([\w-]+) *\}", lambda found: values[found[1]], text)
        wanted = f"why401-{package['version']}-{target}.{end}"
        url = fill(metadata["pkg-url"]).rsplit("/", 1)[1]
        print("  binstall:", url, "has", fill(metadata["bin-dir"]))
        assert url == wanted, f"the archive is {wanted}"
    with tarfile.open(archive) as opened, tempfile.TemporaryDirectory() as folder:
        opened.extract(fill(metadata["bin-dir"]), folder)
        said = subprocess.run([pathlib.Path(folder, fill(metadata["bin-dir"])), "--version"], capture_output=True, text=True)
        print("  ", said.stdout.splitlines()[0])


workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())
TARGETS = [entry["target"] for entry in workflow["jobs"]["build"]["strategy"]["matrix"]["include"]]
dist = ROOT / "dist"
built = ROOT / "target" / TARGET / "release" / "why401"
is_given = built.exists()
if not is_given:
    built.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROGRAM, built)
try:
    with tempfile.TemporaryDirectory() as tools:
        shown = pathlib.Path(tools, "gh")
        shown.write_text('#!/bin/sh\nprintf "    gh"; printf " %s" "$@"; echo\n')
        shown.chmod(0o755)
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "GITHUB_REF_NAME": "v0.1.0", "GITHUB_REPOSITORY": "a/b"}
        for name, job in workflow["jobs"].items():
            print(name)
            run(job, {"target": TARGET}, ROOT, environment)
    sums = dict(reversed(line.split()) for line in (dist / "SHA256SUMS").read_text().splitlines())
    for name, wanted in sums.items():
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == wanted, name
    print("  checksums are right:", ", ".join(sums))
    archive = next(dist.glob(f"*-{TARGET}.*"))
    binstall(tomllib.loads((ROOT / "Cargo.toml").read_text()), archive)
finally:
    if not is_given:
        built.unlink()
    shutil.rmtree(dist, ignore_errors=True)
