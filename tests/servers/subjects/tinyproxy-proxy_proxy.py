import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("tinyproxy-bin")
(home / "conf").write_text(f"Port {port}\nListen 127.0.0.1\nTimeout 5\nLogLevel Error\nBasicAuth jo right-horse\n")
os.execv("/usr/bin/tinyproxy", ["tinyproxy", "-d", "-c", str(home / "conf")])
