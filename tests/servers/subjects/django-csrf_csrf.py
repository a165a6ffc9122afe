import os
from importlib.metadata import version
import django
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET"], ALLOWED_HOSTS=["*"], ROOT_URLCONF="__main__", USE_TZ=True, CSRF_HEADER_NAME="HTTP_X_CSRF_TOKEN", INSTALLED_APPS=["django.contrib.contenttypes"], MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:orders?mode=memory&cache=shared", "OPTIONS": {"uri": True}}})
django.setup()
from django.core.management import call_command
from django.urls import path
from django.http import JsonResponse
from django.middleware.csrf import get_token
print(f"django {version('django')}", flush=True)
urlpatterns = [path("login", lambda request: JsonResponse({"token": get_token(request)})), path("orders/7", lambda request: JsonResponse({"ok": True}))]
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
