import os
from importlib.metadata import version
import base64, binascii, uvicorn
from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser, requires
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route
print(f"starlette {version('starlette')}, uvicorn {version('uvicorn')}", flush=True)
class Backend(AuthenticationBackend):
    async def authenticate(self, conn):
        if "Authorization" not in conn.headers:
            return
        try:
            scheme, credentials = conn.headers["Authorization"].split()
            if scheme.lower() != "basic":
                return
            user, _, password = base64.b64decode(credentials).decode("ascii").partition(":")
        except (ValueError, UnicodeDecodeError, binascii.Error):
            raise AuthenticationError("Invalid basic auth credentials")
        if (user, password) != ("jo", "right-horse"):
            raise AuthenticationError("Invalid basic auth credentials")
        return AuthCredentials(["authenticated"]), SimpleUser(user)
@requires("authenticated")
async def one(request):
    return JSONResponse({"ok": True})
app = Starlette(routes=[Route("/orders/7", one)], middleware=[Middleware(AuthenticationMiddleware, backend=Backend())])
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
