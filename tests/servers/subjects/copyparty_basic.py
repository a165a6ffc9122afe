import os, sys, tempfile
from importlib.metadata import version
from pathlib import Path
# path: /7.txt
print(f"copyparty {version('copyparty')}", flush=True)
home = Path(tempfile.mkdtemp(prefix="orders")); os.chdir(home); os.environ["HOME"] = str(home)
(home / "files").mkdir(); (home / "files/7.txt").write_text("ok\n")
os.execv(sys.executable, [sys.executable, "-m", "copyparty", "-q", "-i", "127.0.0.1", "-p", os.environ["PORT"], "-a", "jo:right-horse", "--usernames", "-v", f"{home}/files::r,jo", "-j", "1"])
