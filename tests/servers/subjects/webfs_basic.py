import os
import subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("webfs")
(home / "orders").mkdir(); (home / "orders/7").write_text('{"ok": true}')
os.execv("/usr/bin/webfsd", ["webfsd", "-F", "-p", port, "-i", "127.0.0.1", "-4", "-r", str(home), "-b", "jo:right-horse"])
