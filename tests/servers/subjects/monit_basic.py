import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
# path: /
deb("monit")
(home / "conf").write_text(f"set daemon 3600\nset idfile {home}/id\nset statefile {home}/state\nset pidfile {home}/pid\nset httpd port {port} use address 127.0.0.1\n allow jo:right-horse\n")
os.chmod(home / "conf", 0o600)
os.execv("/usr/bin/monit", ["monit", "-I", "-c", str(home / "conf")])
