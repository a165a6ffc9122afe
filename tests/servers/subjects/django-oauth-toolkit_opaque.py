import datetime
import os
from importlib.metadata import version
from wsgiref.simple_server import make_server
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
)
django.setup()
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from oauth2_provider.decorators import protected_resource
from oauth2_provider.models import AccessToken
print(f"django-oauth-toolkit {version('django-oauth-toolkit')}, Django {version('django')}, Python's wsgiref", flush=True)
call_command("migrate", verbosity=0)
AccessToken.objects.create(token=os.environ["TOKEN"], scope="read", expires=timezone.now() + datetime.timedelta(hours=1))
urlpatterns = [path("orders/7", protected_resource(scopes=["read"])(lambda request: JsonResponse({"ok": True})))]
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
