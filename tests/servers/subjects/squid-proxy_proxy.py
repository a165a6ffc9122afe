import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("squid")
(home / "users").write_text("jo:" + subprocess.run(["openssl", "passwd", "-apr1", "right-horse"], capture_output=True, text=True).stdout)
(home / "conf").write_text(f"""http_port 127.0.0.1:{port}
pid_filename {home}/pid
cache_log /dev/null
access_log none
cache deny all
coredump_dir {home}
visible_hostname proxy.example.test
auth_param basic program /usr/lib/squid/basic_ncsa_auth {home}/users
auth_param basic realm Orders
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
shutdown_lifetime 0
""")
subprocess.run(["chmod", "-R", "a+rX", str(home)])
os.execv("/usr/sbin/squid", ["squid", "-N", "-f", str(home / "conf")])
