import os
from importlib.metadata import version
import uuid, uvicorn
from fastapi import Depends, FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
print(f"fastapi-users {version('fastapi-users')}, fastapi {version('fastapi')}, uvicorn {version('uvicorn')}", flush=True)
class User:
    id, is_active, is_verified, is_superuser = "17", True, True, False
class Manager(BaseUserManager):
    def parse_id(self, value):
        return value
    async def get(self, id):
        return User()
async def manager():
    yield Manager(None)
backend = AuthenticationBackend(name="jwt", transport=BearerTransport(tokenUrl="login"), get_strategy=lambda: JWTStrategy(secret=os.environ["SECRET"], lifetime_seconds=3600, token_audience=["orders"]))
app, users = FastAPI(), FastAPIUsers(manager, [backend])
@app.get("/orders/7")
def one(user=Depends(users.current_user(active=True))):
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
