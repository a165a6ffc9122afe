#!/usr/bin/env bash
# Tinyproxy 1.11.1 asks for credentials with 407 and Proxy-Authenticate. To a wrong password it answers 401 with
# WWW-Authenticate, as the server behind it would: a client cannot tell by the status which of the two refused.
set -eu
tmp=$(mktemp -d)
trap 'kill "${proxy:-}" "${server:-}" 2>/dev/null || true; rm -rf "$tmp"' EXIT
cd "$tmp"
version=1.11.1-2.1+deb12u1
apt-get download "tinyproxy-bin=$version" >/dev/null
dpkg-deb -x tinyproxy-bin_*.deb root
mkdir -p www
echo fine >www/index.html
python3 -m http.server --bind 127.0.0.1 --directory www 0 >server.log 2>&1 &
server=$!
for _ in $(seq 50); do
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' server.log 2>/dev/null || true)
    [ -n "$port" ] && break
    port=$(ss -ltnp 2>/dev/null | sed -n "s/.*127\.0\.0\.1:\([0-9]*\) .*pid=$server,.*/\1/p")
    [ -n "$port" ] && break
    sleep 0.1
done
proxy_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >tinyproxy.conf <<EOF
Port $proxy_port
Listen 127.0.0.1
Timeout 20
Allow 127.0.0.1
BasicAuth alice horse-staple
EOF
root/usr/bin/tinyproxy -d -c tinyproxy.conf >proxy.log 2>&1 &
proxy=$!
for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$proxy_port") 2>/dev/null && break
    sleep 0.1
done
call() {
    curl --silent --include --proxy "http://127.0.0.1:$proxy_port" "$@" "http://127.0.0.1:$port/" | tr -d '\r' | grep -i '^HTTP/\|authenticate:'
}
failed=0
check() {
    name=$1 expected=$2
    shift 2
    seen=$(call "$@" | tr '\n' ' ')
    echo "Tinyproxy $version, $name: $seen"
    case $seen in
    *"$expected"*) ;;
    *) failed=1 ;;
    esac
}
check "no credentials" "HTTP/1.0 407 Proxy Authentication Required Proxy-Authenticate: Basic"
check "a wrong password" "HTTP/1.0 401 Unauthorized WWW-Authenticate: Basic" --proxy-user alice:other
check "the right password" "HTTP/1.0 200" --proxy-user alice:horse-staple
exit "$failed"
