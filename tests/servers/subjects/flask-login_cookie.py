import os
from importlib.metadata import version
from flask import Flask, jsonify
from flask_login import LoginManager, UserMixin, login_required, login_user
print(f"flask-login {version('flask-login')}, flask {version('flask')}", flush=True)
app = Flask(__name__); app.secret_key = os.environ["SECRET"]; manager = LoginManager(app)
class User(UserMixin):
    id = "17"
manager.user_loader(lambda _: User())
@app.get("/login")
def login():
    login_user(User())
    return jsonify(ok=True)
app.get("/orders/7")(login_required(lambda: jsonify(ok=True)))
app.run("127.0.0.1", int(os.environ["PORT"]))
