import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("mini-httpd")
(home / "orders").mkdir(); (home / "orders/7").write_text('{"ok": true}')
(home / "orders/.htpasswd").write_text("jo:" + subprocess.run(["openssl", "passwd", "-1", "right-horse"], capture_output=True, text=True).stdout)
os.chmod(home, 0o755)
os.execv("/usr/sbin/mini_httpd", ["mini_httpd", "-D", "-p", port, "-h", "127.0.0.1", "-d", str(home), "-l", "/dev/null", "-i", str(home / "pid")])
