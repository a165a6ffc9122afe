#!/bin/sh
# Puts a compiler for wasm32-unknown-unknown into a folder, on Debian or Ubuntu, where rustup cannot add the target.
# Nothing is installed and no root is needed: the packages are downloaded by apt and unpacked. 1.2 GB of disk.
#
#   web/toolchain.sh target/wasm-toolchain
#
# Debian's `rustc-web` is the compiler that it builds browsers with. It has the sources of the standard library in
# `rust-web-src`, of the same version, and no linker: that is rustup's `rust-lld`.
set -eu
folder=${1:?which folder}
mkdir -p "$folder/packages"
folder=$(cd "$folder" && pwd)
[ -x "$folder/rustc" ] && exit 0

# Where both are installed, apt would download nothing.
is_installed() {
    [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}
if is_installed rustc-web && is_installed rust-web-src; then
    printf '#!/bin/sh\nexec /usr/bin/rustc "$@"\n' >"$folder/rustc"
    chmod +x "$folder/rustc"
    "$folder/rustc" --version
    exit 0
fi

cd "$folder/packages"
# Which LLVM and which libraries belong to it is asked, not pinned.
wanted=$(apt-get --simulate --no-install-recommends install rustc-web rust-web-src 2>/dev/null |
    sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -E '^(rustc-web|rust-web-src|libstd-rust-web|libllvm)' || true)
if [ -z "$wanted" ]; then
    printf 'apt knows no rustc-web: run `apt-get update` first.\n' >&2
    exit 1
fi
# shellcheck disable=SC2086
apt-get download $wanted >/dev/null
for package in *.deb; do
    dpkg-deb --extract "$package" "$folder/root"
    rm "$package"
done
library=$(dirname "$(find "$folder/root" -name 'librustc_driver-*.so' | head -n 1)")
cat >"$folder/rustc" <<EOF
#!/bin/sh
LD_LIBRARY_PATH='$library' exec '$folder/root/usr/bin/rustc' "\$@"
EOF
chmod +x "$folder/rustc"
"$folder/rustc" --version
