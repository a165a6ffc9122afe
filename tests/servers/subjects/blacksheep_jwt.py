import os
from importlib.metadata import version
import uvicorn
from blacksheep import Application, get
from blacksheep.server.authentication.jwt import JWTBearerAuthentication
from guardpost import Policy
from guardpost.common import AuthenticatedRequirement
from essentials.secrets import Secret
print(f"blacksheep {version('blacksheep')}, guardpost {version('guardpost')}", flush=True)
app = Application()
app.use_authentication().add(JWTBearerAuthentication(secret_key=Secret.from_plain_text(os.environ["SECRET"]), valid_audiences=["orders"], valid_issuers=["https://id.example/"], algorithms=["HS256"], auth_mode="JWT Bearer"))
app.use_authorization().with_default_policy(Policy("authenticated", AuthenticatedRequirement()))
@get("/orders/7")
def one():
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
