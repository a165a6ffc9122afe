import os
from importlib.metadata import version
from flask import Flask, jsonify
from authlib.integrations.flask_oauth2 import ResourceProtector
from authlib.oauth2.rfc6750 import BearerTokenValidator
print(f"authlib {version('authlib')}, flask {version('flask')}", flush=True)
class Token:
    is_expired = is_revoked = lambda self: False
    get_scope = lambda self: "orders"
class Validator(BearerTokenValidator):
    def authenticate_token(self, text):
        return Token() if text == os.environ["TOKEN"] else None
app, protect = Flask(__name__), ResourceProtector()
protect.register_token_validator(Validator())
app.get("/orders/7")(protect("orders")(lambda: jsonify(ok=True)))
app.run("127.0.0.1", int(os.environ["PORT"]))
