# path: /
import os
from importlib.metadata import version
import dash, dash_auth
from dash import html
print(f"dash-auth {version('dash-auth')}, dash {version('dash')}", flush=True)
app = dash.Dash(__name__)
app.layout = html.Div("orders")
dash_auth.BasicAuth(app, {"jo": "right-horse"}, secret_key="a-key-of-the-example")
app.run(host="127.0.0.1", port=int(os.environ["PORT"]), debug=False)
