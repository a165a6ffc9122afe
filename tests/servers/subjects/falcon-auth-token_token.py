import os
from importlib.metadata import version
from wsgiref.simple_server import make_server
import falcon
from falcon_auth import FalconAuthMiddleware, TokenAuthBackend
print(f"falcon-auth {version('falcon-auth')}, falcon {version('falcon')}", flush=True)
backend = TokenAuthBackend(lambda token: {"id": 17} if token == os.environ["TOKEN"] else None)
app = (getattr(falcon, "App", None) or falcon.API)(middleware=[FalconAuthMiddleware(backend)])
class Orders:
    def on_get(self, req, resp):
        resp.media = {"ok": True}
app.add_route("/orders/7", Orders())
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
