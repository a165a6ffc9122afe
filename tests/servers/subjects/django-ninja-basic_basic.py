import os
from importlib.metadata import version
import django
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET"], ALLOWED_HOSTS=["*"], ROOT_URLCONF="__main__", USE_TZ=True, INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "ninja"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:orders?mode=memory&cache=shared", "OPTIONS": {"uri": True}}})
django.setup()
from django.core.management import call_command
from django.urls import path
from ninja import NinjaAPI
from ninja.security import HttpBasicAuth
print(f"django-ninja {version('django-ninja')}, django {version('django')}", flush=True)
class Auth(HttpBasicAuth):
    def authenticate(self, request, username, password):
        return username if (username, password) == ("jo", "right-horse") else None
api = NinjaAPI(auth=Auth())
@api.get("/orders/7")
def one(request):
    return {"ok": True}
urlpatterns = [path("", api.urls)]
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
