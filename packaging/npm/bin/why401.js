#!/usr/bin/env node
// Starts the program of this platform, which tests/packages/run.sh and a release put beside this file.
const { spawnSync } = require("child_process");
const path = require("path");

const end = process.platform === "win32" ? ".exe" : "";
const program = path.join(__dirname, `${process.platform}-${process.arch}`, `why401${end}`);
const ended = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (ended.error) {
  console.error(`error: why401: there is no program for ${process.platform}-${process.arch} in this package`);
  process.exit(2);
}
process.exit(ended.status ?? 2);
