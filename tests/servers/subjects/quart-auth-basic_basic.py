import os
from importlib.metadata import version
from quart import Quart
from quart_auth import QuartAuth, basic_auth_required
print(f"quart-auth {version('quart-auth')}, quart {version('quart')}", flush=True)
app = Quart(__name__); app.secret_key = os.environ["SECRET"]
app.config["QUART_AUTH_BASIC_USERNAME"], app.config["QUART_AUTH_BASIC_PASSWORD"] = "jo", "right-horse"
QuartAuth(app)
@app.get("/orders/7")
@basic_auth_required()
async def one():
    return {"ok": True}
app.run("127.0.0.1", int(os.environ["PORT"]))
