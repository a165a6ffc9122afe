# path: /7.txt
import os, subprocess, tempfile
from pathlib import Path
print(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", "rclone"], capture_output=True, text=True).stdout, flush=True)
home = Path(tempfile.mkdtemp(prefix="orders")); (home / "7.txt").write_text("ok\n")
os.execv("/usr/bin/rclone", ["rclone", "serve", "webdav", str(home), "--addr", f"127.0.0.1:{os.environ['PORT']}", "--user", "jo", "--pass", "right-horse", "--config", "/dev/null"])
