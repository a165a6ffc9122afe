# path: /admin/stats
import os
import subprocess, tempfile
from pathlib import Path
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("icecast2")
(home / "conf").write_text(f'''<icecast><limits><clients>9</clients><sources>1</sources></limits><authentication><source-password>x</source-password><admin-user>jo</admin-user><admin-password>right-horse</admin-password></authentication>
<hostname>localhost</hostname><listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket><paths><logdir>{home}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths><logging><accesslog>a.log</accesslog><errorlog>e.log</errorlog><loglevel>1</loglevel></logging>
<security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security></icecast>''')
home.chmod(0o777)
os.execv("/usr/bin/icecast2", ["icecast2", "-c", str(home / "conf")])
