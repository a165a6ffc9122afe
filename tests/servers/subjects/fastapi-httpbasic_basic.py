import os
from importlib.metadata import version
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBasic
print(f"fastapi {version('fastapi')}, uvicorn {version('uvicorn')}", flush=True)
app, basic = FastAPI(), HTTPBasic()
@app.get("/orders/7")
def order(given=Depends(basic)):
    if (given.username, given.password) != ("jo", "right-horse"):
        raise HTTPException(401, "Incorrect username or password", {"WWW-Authenticate": "Basic"})
    return {"ok": True}
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
