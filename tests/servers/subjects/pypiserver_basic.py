# path: /simple/
import os
import tempfile
from importlib.metadata import version
from wsgiref.simple_server import make_server
import pypiserver
print(f"pypiserver {version('pypiserver')}, Python's wsgiref", flush=True)
app = pypiserver.app(roots=[tempfile.mkdtemp()], authenticate=["download", "list", "update"], password_file=".", auther=lambda user, password: (user, password) == ("jo", "right-horse"))
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
