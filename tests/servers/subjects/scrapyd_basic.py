# path: /daemonstatus.json
import os, sys, tempfile
from importlib.metadata import version
from pathlib import Path
print(f"scrapyd {version('scrapyd')}, twisted {version('twisted')}", flush=True)
home = Path(tempfile.mkdtemp(prefix="orders")); os.chdir(home)
(home / "scrapyd.conf").write_text(f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {os.environ['PORT']}\nusername = jo\npassword = right-horse\n")
os.execv(str(Path(sys.executable).parent / "scrapyd"), ["scrapyd"])
