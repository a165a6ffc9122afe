import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
# path: /api/v1/query?query=1
deb("prometheus")
(home / "web").write_text("basic_auth_users: {jo: '$2y$05$0RPKrY44.EtmfxIUGXblTuzh7.DIx5gIBvt/BxCQYtFKX.hxCscFm'}\n")
(home / "conf").write_text("global: {}\n")
os.execv("/usr/bin/prometheus", ["prometheus", f"--config.file={home}/conf", f"--web.config.file={home}/web", f"--storage.tsdb.path={home}/data", f"--web.listen-address=127.0.0.1:{port}"])
