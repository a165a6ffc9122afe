# path: /rest/system/version
import os, subprocess, tempfile
from pathlib import Path
print(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", "syncthing"], capture_output=True, text=True).stdout, flush=True)
home = tempfile.mkdtemp(prefix="orders"); os.environ["HOME"] = home; os.environ["STNODEFAULTFOLDER"] = "1"
subprocess.run(["syncthing", "generate", f"--home={home}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
# The requests name another host than the one that it listens on.
config = Path(home) / "config.xml"
config.write_text(config.read_text().replace("</gui>", "<insecureSkipHostcheck>true</insecureSkipHostcheck></gui>"))
os.execv("/usr/bin/syncthing", ["syncthing", "serve", "--no-browser", "--no-restart", "--no-upgrade", f"--home={home}", f"--gui-address=127.0.0.1:{os.environ['PORT']}", f"--gui-apikey={os.environ['TOKEN']}", "--paused"])
