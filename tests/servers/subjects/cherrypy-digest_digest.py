import os
from importlib.metadata import version
import cherrypy
from cherrypy.lib import auth_digest
print(f"cherrypy {version('cherrypy')}", flush=True)
class Orders:
    @cherrypy.expose
    def default(self, *_):
        return '{"ok": true}'
tools = {"tools.auth_digest.on": True, "tools.auth_digest.realm": "Orders", "tools.auth_digest.get_ha1": auth_digest.get_ha1_dict_plain({"jo": "right-horse"}), "tools.auth_digest.key": "a565c27146791cfb"}
cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": int(os.environ["PORT"]), "environment": "embedded", "request.show_tracebacks": False})
cherrypy.tree.mount(Orders(), "/", {"/": tools})
cherrypy.server.subscribe(); cherrypy.engine.start(); cherrypy.engine.block()
