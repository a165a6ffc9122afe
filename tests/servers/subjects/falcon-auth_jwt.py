import os
from importlib.metadata import version
from wsgiref.simple_server import make_server
import falcon
from falcon_auth import FalconAuthMiddleware, JWTAuthBackend
print(f"falcon-auth {version('falcon-auth')}, falcon {version('falcon')}, pyjwt {version('pyjwt')}", flush=True)
backend = JWTAuthBackend(lambda payload: payload, os.environ["SECRET"], algorithm="HS256", auth_header_prefix="Bearer", audience="orders", issuer="https://id.example/", required_claims=["exp"], verify_claims=["signature", "exp", "nbf", "iat", "aud", "iss"])
app = (getattr(falcon, "App", None) or falcon.API)(middleware=[FalconAuthMiddleware(backend)])
class Orders:
    def on_get(self, req, resp):
        resp.media = {"ok": True}
app.add_route("/orders/7", Orders())
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
