import json, os
import shutil, subprocess, tempfile, time, urllib.request
from pathlib import Path
# path: /query?q=SHOW+DATABASES
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
conf = home / "conf"
conf.write_text(f'reporting-disabled = true\nbind-address = "127.0.0.1:{int(port) + 1 if int(port) < 65535 else 8099}"\n[meta]\ndir = "{home}/meta"\n[data]\ndir = "{home}/data"\nwal-dir = "{home}/wal"\n[http]\nauth-enabled = true\nbind-address = "127.0.0.1:{port}"\n[logging]\nlevel = "error"\n')
server = subprocess.Popen(["/usr/bin/influxd", "run", "-config", str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
for _ in range(80):
    try:
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/query", data=b"q=CREATE+USER+jo+WITH+PASSWORD+'right-horse'+WITH+ALL+PRIVILEGES"), timeout=5).read()
        break
    except OSError:
        time.sleep(0.25)
deb("influxdb")
server.wait()
