import os
from importlib.metadata import version
from apiflask import APIFlask, HTTPTokenAuth
print(f"APIFlask {version('APIFlask')}, Flask-HTTPAuth {version('Flask-HTTPAuth')}", flush=True)
app, auth = APIFlask(__name__), HTTPTokenAuth()
@auth.verify_token
def check(token):
    return {"name": "jo"} if token == os.environ["TOKEN"] else None
@app.get("/orders/7")
@app.auth_required(auth)
def one():
    return {"ok": True}
app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
