import os
from importlib.metadata import version
from flask import Flask, jsonify
from flask_httpauth import HTTPBasicAuth
print(f"flask-httpauth {version('flask-httpauth')}, flask {version('flask')}", flush=True)
app, auth = Flask(__name__), HTTPBasicAuth()
auth.verify_password(lambda user, password: user if (user, password) == ("jo", "right-horse") else None)
app.get("/orders/7")(auth.login_required(lambda: jsonify(ok=True)))
app.run("127.0.0.1", int(os.environ["PORT"]))
