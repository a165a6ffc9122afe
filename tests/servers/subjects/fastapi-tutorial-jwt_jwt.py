import os
from importlib.metadata import version
import jwt, uvicorn
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
print(f"fastapi {version('fastapi')}, pyjwt {version('pyjwt')}, uvicorn {version('uvicorn')}", flush=True)
app, scheme = FastAPI(), OAuth2PasswordBearer(tokenUrl="token")
@app.get("/orders/7")
def one(token=Depends(scheme)):
    try:
        jwt.decode(token, os.environ["SECRET"], algorithms=["HS256"], audience="orders", issuer="https://id.example/")
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Could not validate credentials", {"WWW-Authenticate": "Bearer"})
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
