import os
from importlib.metadata import version
from quart import Quart
from quart_auth import QuartAuth, AuthUser, login_required, login_user
print(f"quart-auth {version('quart-auth')}, quart {version('quart')}", flush=True)
app = Quart(__name__); app.secret_key = os.environ["SECRET"]; app.config["QUART_AUTH_COOKIE_SECURE"] = False
QuartAuth(app)
@app.get("/login")
async def login():
    login_user(AuthUser("17"))
    return {"ok": True}
@app.get("/orders/7")
@login_required
async def one():
    return {"ok": True}
app.run("127.0.0.1", int(os.environ["PORT"]))
