# path: /digest-auth/auth/jo/right-horse
import os
from importlib.metadata import version
from httpbin import app
from wsgiref.simple_server import make_server
print(f"httpbin {version('httpbin')}, flask {version('flask')}", flush=True)
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
