import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("lighttpd")
(home / "orders").mkdir(); (home / "orders/7").write_text('{"ok": true}')
(home / "plain").write_text("jo:right-horse\n"); (home / "digest").write_text("jo:Orders:cbd53bf4014bdb0f424514eb29cf6618\n")
(home / "conf").write_text(f'''server.document-root = "{home}"
server.bind = "127.0.0.1"
server.port = {port}
server.modules = ("mod_auth", "mod_authn_file")
auth.backend = "htdigest"
auth.backend.plain.userfile = "{home}/plain"
auth.backend.htdigest.userfile = "{home}/digest"
auth.require = ("/" => ("method" => "digest", "realm" => "Orders", "require" => "valid-user"))
''')
os.execv("/usr/sbin/lighttpd", ["lighttpd", "-D", "-f", str(home / "conf")])
