import os
from importlib.metadata import version
import django
from django.conf import settings
settings.configure(SECRET_KEY=os.environ["SECRET"], ALLOWED_HOSTS=["*"], ROOT_URLCONF="__main__", USE_TZ=True, INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "rest_framework"], MIDDLEWARE=[],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:orders?mode=memory&cache=shared", "OPTIONS": {"uri": True}}})
django.setup()
from django.core.management import call_command
from django.urls import path
from rest_framework.views import APIView
from rest_framework.response import Response
from rest_framework.permissions import IsAuthenticated
from rest_framework.authentication import BasicAuthentication
from django.contrib.auth.models import User
print(f"djangorestframework {version('djangorestframework')}, django {version('django')}", flush=True)
call_command("migrate", verbosity=0, run_syncdb=True)
User.objects.create_user("jo", password="right-horse")
class One(APIView):
    authentication_classes, permission_classes = [BasicAuthentication], [IsAuthenticated]
    def get(self, request):
        return Response({"ok": True})
urlpatterns = [path("orders/7", One.as_view())]
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application()).serve_forever()
