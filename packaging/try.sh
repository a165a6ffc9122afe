#!/usr/bin/env bash
# Builds the packages that can be built on this machine from a program that was built, installs each into a clean folder, and runs
# it. Needs Python, Node and the package registries; cargo-deb for the Debian package.
# Usage: packaging/try.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/why401}")
work=$(mktemp -d)
trap 'rm -rf "$work" dist' EXIT
target=$(rustc -vV | sed -n 's/^host: //p')

runs() {
    local status=0
    "$@" --quiet examples/ticket.txt | grep -q missing-bearer-prefix || status=$?
    [ "$status" -eq 0 ] || { printf 'it does not run: %s\n' "$*" >&2; exit 1; }
    "$@" --version | head -4
}

printf '\n== the archive\n'
packaging/archive.sh "$target" "$program"
mkdir "$work/archive" && tar -C "$work/archive" -xzf dist/*.tar.gz
runs "$work"/archive/*/why401

printf '\n== npm %s\n' "$(npm --version)"
cp -r packaging/npm "$work/npm-source"
folder=$work/npm-source/bin/$(node -p '`${process.platform}-${process.arch}`')
mkdir "$folder" && cp "$program" "$folder/why401"
rm "$work/npm-source/bin/.gitignore"
(cd "$work/npm-source" && npm pack --silent --pack-destination "$work" >/dev/null)
npm install --silent --no-fund --no-audit --prefix "$work/npm" "$work"/why401-*.tgz
runs "$work/npm/node_modules/.bin/why401"

if [ "${2:-}" = wheel ]; then
    printf '\n== '
    python3 -m venv "$work/maturin"
    "$work/maturin/bin/pip" install --quiet maturin
    "$work/maturin/bin/maturin" --version
    (cd packaging/python && "$work/maturin/bin/maturin" build --quiet ${WHEEL_PROFILE---release} --out "$work/wheels")
    python3 -m venv "$work/clean"
    "$work/clean/bin/pip" install --quiet "$work"/wheels/*.whl
    runs "$work/clean/bin/why401"
fi

if cargo deb --version >/dev/null 2>&1; then
    printf '\n== cargo-deb\n'
    cargo deb --no-build --quiet --output "$work/why401.deb"
    dpkg-deb -x "$work/why401.deb" "$work/deb"
    runs "$work/deb/usr/bin/why401"
else
    printf '\ncargo-deb is not installed: no Debian package.\n'
fi
printf '\nAll packages ran.\n'
