import os
from importlib.metadata import version
import subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
# path: /.web/
import sys
print(f"radicale {version('radicale')}", flush=True)
(home / "users").write_text("jo:right-horse\n")
(home / "config").write_text(f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {home}/users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {home}/data\n[web]\ntype = internal\n")
os.execv(sys.executable, [sys.executable, "-m", "radicale", "--config", str(home / "config")])
