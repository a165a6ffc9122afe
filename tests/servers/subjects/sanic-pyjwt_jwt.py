import os
from importlib.metadata import version
import jwt
from sanic import Sanic, json
from sanic.exceptions import Unauthorized
print(f"sanic {version('sanic')}, pyjwt {version('pyjwt')}", flush=True)
app = Sanic("orders")
@app.get("/orders/7")
async def one(request):
    if not request.token:
        raise Unauthorized("Auth required.", scheme="Bearer", realm="orders")
    try:
        jwt.decode(request.token, os.environ["SECRET"], algorithms=["HS256"], audience="orders", issuer="https://id.example/")
    except jwt.exceptions.InvalidTokenError as e:
        raise Unauthorized(str(e), scheme="Bearer", realm="orders")
    return json({"ok": True})
app.run("127.0.0.1", int(os.environ["PORT"]), single_process=True, motd=False, access_log=False)
