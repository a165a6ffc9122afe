import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
# path: /
deb("supervisor")
(home / "conf").write_text(f"[supervisord]\nnodaemon=true\nlogfile={home}/log\npidfile={home}/pid\n[inet_http_server]\nport=127.0.0.1:{port}\nusername=jo\npassword=right-horse\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n")
os.execv("/usr/bin/supervisord", ["supervisord", "-c", str(home / "conf")])
