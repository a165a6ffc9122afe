#!/usr/bin/env bash
# Packs the npm package with the programs of the archives in dist/ (packaging/archive.sh), each for its platform.
# Usage: packaging/npm.sh FOLDER     the folder that the package is written to
set -eu
cd "$(dirname "$0")/.."
out=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r packaging/npm/. "$work"
rm "$work/bin/.gitignore"
# As Node names them. A static program is there for all systems of its platform, so it comes last.
for pair in x86_64-unknown-linux-gnu=linux-x64 aarch64-unknown-linux-gnu=linux-arm64 x86_64-unknown-linux-musl=linux-x64 \
    aarch64-unknown-linux-musl=linux-arm64 x86_64-apple-darwin=darwin-x64 aarch64-apple-darwin=darwin-arm64 \
    x86_64-pc-windows-msvc=win32-x64; do
    target=${pair%=*}
    platform=$work/bin/${pair#*=}
    for archive in dist/why401-*-"$target".tar.gz dist/why401-*-"$target".zip; do
        [ -e "$archive" ] || continue
        mkdir -p "$platform"
        case $archive in
        *.zip) unzip -qjo "$archive" '*/why401.exe' -d "$platform" ;;
        *) tar -xzf "$archive" -C "$platform" --strip-components=1 --wildcards '*/why401' ;;
        esac
    done
done
if ! ls -d "$work"/bin/*-* >/dev/null 2>&1; then
    printf 'dist/ has no archive: packaging/archive.sh writes them\n' >&2
    exit 1
fi
(cd "$work" && npm pack --silent --pack-destination "$out")
