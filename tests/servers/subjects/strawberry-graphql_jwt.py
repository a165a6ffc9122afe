# path: /graphql?query=%7Border%7D
import os
from importlib.metadata import version
import jwt, strawberry, uvicorn
from fastapi import FastAPI
from strawberry.fastapi import GraphQLRouter
from strawberry.permission import BasePermission
print(f"strawberry-graphql {version('strawberry-graphql')}, fastapi {version('fastapi')}", flush=True)
class SignedIn(BasePermission):
    message = "User is not authenticated"
    error_extensions = {"code": "UNAUTHORIZED"}
    def has_permission(self, source, info, **kwargs):
        token = info.context["request"].headers.get("authorization", "").removeprefix("Bearer ")
        try:
            return bool(jwt.decode(token, os.environ["SECRET"], algorithms=["HS256"], audience="orders", issuer="https://id.example/"))
        except jwt.InvalidTokenError:
            return False
@strawberry.type
class Query:
    @strawberry.field(permission_classes=[SignedIn])
    def order(self) -> str:
        return "ok"
app = FastAPI(); app.include_router(GraphQLRouter(strawberry.Schema(Query)), prefix="/graphql")
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="critical")
