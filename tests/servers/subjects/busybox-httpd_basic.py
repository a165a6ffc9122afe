import os
import subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("busybox")
(home / "orders").mkdir(); (home / "orders/7").write_text('{"ok": true}'); (home / "conf").write_text("/:jo:right-horse\n")
os.execv("/usr/bin/busybox", ["busybox", "httpd", "-f", "-p", f"127.0.0.1:{port}", "-h", str(home), "-c", str(home / "conf"), "-r", "Orders"])
