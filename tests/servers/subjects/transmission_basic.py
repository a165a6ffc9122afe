import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
# path: /transmission/web/
deb("transmission-daemon")
os.execv("/usr/bin/transmission-daemon", ["transmission-daemon", "-f", "-g", str(home), "-p", port, "-r", "127.0.0.1", "-a", "*.*.*.*", "-t", "-u", "jo", "-v", "right-horse", "-O", "-Y", "-P", "51999"])
