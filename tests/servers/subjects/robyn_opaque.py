import os
from importlib.metadata import version
from robyn import Robyn
from robyn.authentication import AuthenticationHandler, BearerGetter, Identity
print(f"robyn {version('robyn')}", flush=True)
app = Robyn(__file__)
class Handler(AuthenticationHandler):
    def authenticate(self, request):
        return Identity(claims={}) if self.token_getter.get_token(request) == os.environ["TOKEN"] else None
@app.get("/orders/7", auth_required=True)
async def one(request):
    return "ok"
app.configure_authentication(Handler(token_getter=BearerGetter()))
app.start(host="127.0.0.1", port=int(os.environ["PORT"]))
