import os
from importlib.metadata import version
import bottle
print(f"bottle {version('bottle')}", flush=True)
@bottle.get("/orders/7")
@bottle.auth_basic(lambda user, password: (user, password) == ("jo", "right-horse"))
def one():
    return {"ok": True}
bottle.run(host="127.0.0.1", port=int(os.environ["PORT"]), quiet=True)
