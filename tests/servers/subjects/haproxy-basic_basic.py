import os
import subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("haproxy")
(home / "conf").write_text(f'''global
  maxconn 50
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
userlist orders
  user jo insecure-password right-horse
frontend f
  bind 127.0.0.1:{port}
  http-request auth realm Orders unless {{ http_auth(orders) }}
  http-request return status 200 content-type application/json string '{{"ok":true}}'
''')
os.execv("/usr/sbin/haproxy", ["haproxy", "-db", "-f", str(home / "conf")])
