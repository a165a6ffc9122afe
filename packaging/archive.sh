#!/usr/bin/env bash
# Packs the program that was built for a target, with its manual page, completions and licences, into dist/.
# Usage: packaging/archive.sh TARGET [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
target=$1
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
end=""
case $target in *windows*) end=.exe ;; esac
program=${2:-target/$target/release/why401$end}
name=why401-$version-$target
rm -rf "dist/$name"
mkdir -p "dist/$name"
cp "$program" "dist/$name/why401$end"
cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "dist/$name"
packaging/assets.sh "$program" "dist/$name"
if [ -n "$end" ]; then
    (cd dist && 7z a "$name.zip" "$name" >/dev/null)
else
    tar -C dist -czf "dist/$name.tar.gz" "$name"
fi
rm -r "dist/${name:?}"
