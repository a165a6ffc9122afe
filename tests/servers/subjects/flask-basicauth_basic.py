import os
from importlib.metadata import version
from flask import Flask, jsonify
from flask_basicauth import BasicAuth
print(f"flask-basicauth {version('flask-basicauth')}, flask {version('flask')}", flush=True)
app = Flask(__name__); app.config.update(BASIC_AUTH_USERNAME="jo", BASIC_AUTH_PASSWORD="right-horse")
app.get("/orders/7")(BasicAuth(app).required(lambda: jsonify(ok=True)))
app.run("127.0.0.1", int(os.environ["PORT"]))
