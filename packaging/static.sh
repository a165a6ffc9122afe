#!/usr/bin/env bash
# Builds the program of a target for which rustup has no library here: the library is built, too, from its sources in Debian
# (apt-get install rustc-web rust-web-src; rustup's cargo is used with Debian's compiler). Zig of PyPI links, with its own C library.
# Prints the path of the program.
# Usage: packaging/static.sh TARGET [PROFILE]     x86_64-unknown-linux-musl, aarch64-unknown-linux-musl; PROFILE is `release`
set -eu
cd "$(dirname "$0")/.."
target=$1
profile=${2:-release}
compiler=/usr/bin/rustc
if [ ! -x "$compiler" ] || [ ! -d "$("$compiler" --print sysroot)/lib/rustlib/src/rust/library" ]; then
    printf 'The compiler and the sources are not there: apt-get install rustc-web rust-web-src\n' >&2
    exit 1
fi
# A folder of its own: another compiler would make cargo build everything anew.
folder=target/static
mkdir -p "$folder"
if [ ! -x "$folder/python/bin/cargo-zigbuild" ]; then
    python3 -m venv "$folder/python"
    "$folder/python/bin/pip" install --quiet --disable-pip-version-check cargo-zigbuild ziglang
fi
# To build the library of a stable compiler is a feature that is not stable. The objects that a program starts with are Zig's, too:
# Debian has none for the target.
PATH="$PWD/$folder/python/bin:$PATH" RUSTC=$compiler RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$folder \
    "$folder/python/bin/cargo-zigbuild" rustc --quiet --locked --profile "$profile" --bin why401 --target "$target" \
    -Z build-std=std,panic_unwind -- -C link-self-contained=no >&2
case $profile in dev) profile=debug ;; esac
printf '%s\n' "$folder/$target/$profile/why401"
