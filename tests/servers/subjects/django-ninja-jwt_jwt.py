import os, sys
from importlib.metadata import version
from django.conf import settings
from django.core.management import execute_from_command_line
settings.configure(SECRET_KEY=os.environ["SECRET"], ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_TZ=True, INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "ninja_extra", "ninja_jwt"], DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, NINJA_JWT={"SIGNING_KEY": os.environ["SECRET"], "AUDIENCE": "orders", "ISSUER": "https://id.example/"})
import django
django.setup()
from django.urls import path
from ninja_extra import NinjaExtraAPI
from ninja_jwt.authentication import JWTStatelessUserAuthentication, HttpBearer
print(f"django-ninja-jwt {version('django-ninja-jwt')}, django-ninja {version('django-ninja')}, Django {version('Django')}", flush=True)
class Auth(JWTStatelessUserAuthentication, HttpBearer):
    def authenticate(self, request, token):
        return self.jwt_authenticate(request, token)
api = NinjaExtraAPI()
@api.get("/orders/7", auth=Auth())
def one(request):
    return {"ok": True}
urlpatterns = [path("", api.urls)]
execute_from_command_line([sys.argv[0], "runserver", "--noreload", f"127.0.0.1:{os.environ['PORT']}"])
