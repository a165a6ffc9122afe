import os
from importlib.metadata import version
from aiohttp import web
from aiohttp_jwt import JWTMiddleware
print(f"aiohttp-jwt {version('aiohttp-jwt')}, aiohttp {version('aiohttp')}, pyjwt {version('pyjwt')}", flush=True)
app = web.Application(middlewares=[JWTMiddleware(os.environ["SECRET"], algorithms=["HS256"], audience="orders", issuer="https://id.example/")])
async def one(request):
    return web.json_response({"ok": True})
app.router.add_get("/orders/7", one)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
