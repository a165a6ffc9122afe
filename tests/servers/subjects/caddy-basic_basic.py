import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("caddy")
(home / "Caddyfile").write_text(''':%s {
bind 127.0.0.1
basicauth {
jo $2y$05$qRNWkDA1AXvseMFyt9TWb.oAqH1CZTk0dQSTZiiIiYSp9IRHfxt62
}
respond ok
}
''' % port)
(home / "Caddyfile").write_text("{\nadmin off\nauto_https off\n}\n" + (home / "Caddyfile").read_text())
os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(home)
os.execv("/usr/bin/caddy", ["caddy", "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"])
