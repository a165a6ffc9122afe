import os
from importlib.metadata import version
from flask import Flask, jsonify
from flask_httpauth import HTTPTokenAuth
print(f"flask-httpauth {version('flask-httpauth')}, flask {version('flask')}", flush=True)
app, auth = Flask(__name__), HTTPTokenAuth()
auth.verify_token(lambda token: "jo" if token == os.environ["TOKEN"] else None)
app.get("/orders/7")(auth.login_required(lambda: jsonify(ok=True)))
app.run("127.0.0.1", int(os.environ["PORT"]))
