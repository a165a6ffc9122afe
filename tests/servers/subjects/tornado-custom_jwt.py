import os
from importlib.metadata import version
import asyncio, jwt, tornado.web
print(f"tornado {version('tornado')}, pyjwt {version('pyjwt')}", flush=True)
class One(tornado.web.RequestHandler):
    def prepare(self):
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise tornado.web.HTTPError(401)
        try:
            jwt.decode(token, os.environ["SECRET"], algorithms=["HS256"], audience="orders", issuer="https://id.example/")
        except jwt.InvalidTokenError as e:
            raise tornado.web.HTTPError(401, reason=str(e))
    def get(self):
        self.write({"ok": True})
async def main():
    tornado.web.Application([("/orders/7", One)]).listen(int(os.environ["PORT"]), "127.0.0.1")
    await asyncio.Event().wait()
asyncio.run(main())
