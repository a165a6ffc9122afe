import os
from importlib.metadata import version
import uvicorn
from fastapi import FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader
print(f"fastapi {version('fastapi')}, uvicorn {version('uvicorn')}", flush=True)
app, key = FastAPI(), APIKeyHeader(name="X-API-Key")
@app.get("/orders/7")
def order(value: str = Security(key)):
    if value != os.environ["TOKEN"]:
        raise HTTPException(401, "Invalid API key")
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
