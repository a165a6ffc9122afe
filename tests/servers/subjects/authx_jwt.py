import os
from importlib.metadata import version
import uvicorn
from authx import AuthX, AuthXConfig
from fastapi import Depends, FastAPI
print(f"authx {version('authx')}, fastapi {version('fastapi')}, uvicorn {version('uvicorn')}", flush=True)
app = FastAPI()
auth = AuthX(config=AuthXConfig(JWT_ALGORITHM="HS256", JWT_SECRET_KEY=os.environ["SECRET"], JWT_TOKEN_LOCATION=["headers"], JWT_DECODE_AUDIENCE="orders", JWT_DECODE_ISSUER="https://id.example/"))
auth.handle_errors(app)
@app.get("/orders/7", dependencies=[Depends(auth.access_token_required)])
def one():
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
