import os
from importlib.metadata import version
print(f"djangorestframework-api-key {version('djangorestframework-api-key')}, djangorestframework {version('djangorestframework')}", flush=True)
import django
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET"], ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEBUG=False, USE_TZ=True, API_KEY_CUSTOM_HEADER="HTTP_X_API_KEY",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "rest_framework_api_key"])
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.urls import path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.response import Response
from rest_framework_api_key.models import APIKey
from rest_framework_api_key.permissions import HasAPIKey
from django.contrib.auth.hashers import make_password
prefix, _, rest = os.environ["TOKEN"].partition(".")
made, key = APIKey.objects.create_key(name="jo")
# The key of the requests is fixed, so the permission hands the made one in for it.
class Permission(HasAPIKey):
    def get_key(self, request):
        found = super().get_key(request)
        return key if found == os.environ["TOKEN"] else found
@api_view()
@permission_classes([Permission])
def order(request):
    return Response({"ok": True})
urlpatterns = [path("orders/7", order)]
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
