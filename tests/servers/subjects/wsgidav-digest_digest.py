import os
from importlib.metadata import version
import tempfile
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp
print(f"wsgidav {version('wsgidav')}, cheroot {version('cheroot')}", flush=True)
home = tempfile.mkdtemp(prefix="orders"); os.mkdir(home + "/orders"); open(home + "/orders/7", "w").write('{"ok": true}')
app = WsgiDAVApp({"provider_mapping": {"/": home}, "verbose": 0, "simple_dc": {"user_mapping": {"*": {"jo": {"password": "right-horse"}}}},
                  "http_authenticator": {"accept_basic": False, "accept_digest": True, "default_to_digest": True}})
wsgi.Server(("127.0.0.1", int(os.environ["PORT"])), app).start()
