import os
from importlib.metadata import version
from wsgiref.simple_server import make_server
import falcon
from falcon_auth2 import AuthMiddleware
from falcon_auth2.backends import BasicAuthBackend
print(f"falcon-auth2 {version('falcon-auth2')}, falcon {version('falcon')}", flush=True)
backend = BasicAuthBackend(lambda attributes, user, password: {"name": user} if (user, password) == ("jo", "right-horse") else None)
class Orders:
    def on_get(self, req, resp):
        resp.media = {"ok": True}
app = falcon.App(middleware=[AuthMiddleware(backend)])
app.add_route("/orders/7", Orders())
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
