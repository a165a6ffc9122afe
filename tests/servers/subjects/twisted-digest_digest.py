import os
from importlib.metadata import version
from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import IRealm, Portal
from twisted.internet import reactor
from twisted.web.guard import DigestCredentialFactory, HTTPAuthSessionWrapper
from twisted.web.resource import IResource, Resource
from twisted.web.server import Site
from zope.interface import implementer
print(f"twisted {version('twisted')}", flush=True)
class One(Resource):
    isLeaf = True
    def render_GET(self, request):
        return b'{"ok": true}'
@implementer(IRealm)
class Realm:
    def requestAvatar(self, avatar, mind, *interfaces):
        return IResource, One(), lambda: None
portal = Portal(Realm(), [InMemoryUsernamePasswordDatabaseDontUse(jo=b"right-horse")])
reactor.listenTCP(int(os.environ["PORT"]), Site(HTTPAuthSessionWrapper(portal, [DigestCredentialFactory(b"md5", b"Orders")])), interface="127.0.0.1")
reactor.run()
