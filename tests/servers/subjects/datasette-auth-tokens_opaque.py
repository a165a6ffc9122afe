# path: /.json
import json, os, sys, tempfile
from importlib.metadata import version
from pathlib import Path
print(f"datasette-auth-tokens {version('datasette-auth-tokens')}, datasette {version('datasette')}", flush=True)
home = Path(tempfile.mkdtemp(prefix="orders"))
(home / "metadata.json").write_text(json.dumps({"allow": {"id": "*"}, "plugins": {"datasette-auth-tokens": {"tokens": [{"token": os.environ["TOKEN"], "actor": {"id": "jo"}}]}}}))
os.execv(sys.executable, [sys.executable, "-m", "datasette", "serve", "--memory", "-h", "127.0.0.1", "-p", os.environ["PORT"], "-m", str(home / "metadata.json")])
