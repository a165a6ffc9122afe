import os
from importlib.metadata import version
from eve import Eve
from eve.auth import BasicAuth
print(f"Eve {version('Eve')}, Flask {version('Flask')}", flush=True)
class Auth(BasicAuth):
    def check_auth(self, user, password, allowed_roles, resource, method):
        return (user, password) == ("jo", "right-horse")
app = Eve(settings={"DOMAIN": {}}, auth=Auth)
@app.route("/orders/7")
@__import__("eve.auth", fromlist=["requires_auth"]).requires_auth("home")
def one():
    return {"ok": True}
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
