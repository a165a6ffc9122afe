import os
from importlib.metadata import version
from pyramid.config import Configurator
from pyramid.authentication import BasicAuthAuthenticationPolicy
from pyramid.authorization import ACLAuthorizationPolicy, Allow, Authenticated
from wsgiref.simple_server import make_server
print(f"pyramid {version('pyramid')}", flush=True)
class Root:
    __acl__ = [(Allow, Authenticated, "view")]
    def __init__(self, request): pass
with Configurator(root_factory=Root) as config:
    config.set_authentication_policy(BasicAuthAuthenticationPolicy(lambda user, password, request: [] if (user, password) == ("jo", "right-horse") else None))
    config.set_authorization_policy(ACLAuthorizationPolicy())
    config.add_route("one", "/orders/7")
    config.add_view(lambda request: {"ok": True}, route_name="one", renderer="json", permission="view")
    app = config.make_wsgi_app()
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
