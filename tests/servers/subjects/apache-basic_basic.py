import os
import shutil, subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("apache2")
(home / "orders").mkdir(); (home / "orders/7").write_text('{"ok": true}')
(home / "basic").write_text('jo:$apr1$umjsSwlo$nuYceKl.Jv.rZkKMjipMo0\n'); (home / "digest").write_text("jo:Orders:cbd53bf4014bdb0f424514eb29cf6618\n")
modules = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic"))
(home / "conf").write_text(f"""ServerRoot {home}
PidFile {home}/pid
Listen 127.0.0.1:{port}
ServerName api.example.test
{modules}
ErrorLog {home}/log
DocumentRoot {home}
<Directory {home}>
AuthType Basic
AuthName Orders
AuthUserFile {home}/basic
Require valid-user
</Directory>
""")
os.chmod(home, 0o755)
os.execv("/usr/sbin/apache2", ["apache2", "-X", "-f", str(home / "conf")])
