# path: /api/task/types
import os
from importlib.metadata import version
print(f"flower {version('flower')}, tornado {version('tornado')}", flush=True)
os.execv(os.sys.executable, [os.sys.executable, "-m", "celery", "-b", "memory://", "flower", "--address=127.0.0.1", f"--port={os.environ['PORT']}", "--basic-auth=jo:right-horse"])
