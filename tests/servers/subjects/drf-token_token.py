import os
from importlib.metadata import version
print(f"djangorestframework {version('djangorestframework')}, django {version('django')}", flush=True)
import django
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET"], ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEBUG=False, USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "rest_framework.authtoken"])
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
from django.urls import path
from rest_framework.authentication import TokenAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
Token.objects.create(user=User.objects.create(username="jo"), key=os.environ["TOKEN"])
@api_view()
@authentication_classes([TokenAuthentication])
@permission_classes([IsAuthenticated])
def order(request):
    return Response({"ok": True})
urlpatterns = [path("orders/7", order)]
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
