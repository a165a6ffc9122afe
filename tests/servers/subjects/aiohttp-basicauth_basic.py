import os
from importlib.metadata import version
from aiohttp import web
from aiohttp_basicauth import BasicAuthMiddleware
print(f"aiohttp-basicauth {version('aiohttp-basicauth')}, aiohttp {version('aiohttp')}", flush=True)
app = web.Application(middlewares=[BasicAuthMiddleware(username="jo", password="right-horse")])
async def one(request):
    return web.json_response({"ok": True})
app.router.add_get("/orders/7", one)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
