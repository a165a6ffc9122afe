import os
from importlib.metadata import version
import cherrypy
from cherrypy.lib import auth_basic
print(f"cherrypy {version('cherrypy')}", flush=True)
class Orders:
    @cherrypy.expose
    def default(self, *_):
        return '{"ok": true}'
tools = {"tools.auth_basic.on": True, "tools.auth_basic.realm": "Orders", "tools.auth_basic.checkpassword": auth_basic.checkpassword_dict({"jo": "right-horse"})}
cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": int(os.environ["PORT"]), "environment": "embedded", "request.show_tracebacks": False})
cherrypy.tree.mount(Orders(), "/", {"/": tools})
cherrypy.server.subscribe(); cherrypy.engine.start(); cherrypy.engine.block()
