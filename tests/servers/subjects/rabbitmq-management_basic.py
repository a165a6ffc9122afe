import os
import shutil, subprocess, tempfile, time
from pathlib import Path
# path: /api/overview
home, port = Path(tempfile.mkdtemp(prefix="orders")), int(os.environ["PORT"])
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
os.chmod(home, 0o777)
(home / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{port + 7 if port < 65000 else port - 7}\nmanagement.tcp.port = {port}\nmanagement.tcp.ip = 127.0.0.1\ndefault_user = jo\ndefault_pass = right-horse\nloopback_users = none\n")
(home / "plugins").write_text("[rabbitmq_management].\n")
env = os.environ | {"HOME": str(home), "RABBITMQ_HOME": str(home), "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"), "RABBITMQ_MNESIA_BASE": str(home), "RABBITMQ_LOG_BASE": str(home), "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"), "RABBITMQ_NODENAME": f"orders{port}@localhost", "RABBITMQ_DIST_PORT": str(port + 11 if port < 65000 else port - 11)}
server = subprocess.Popen(["/usr/lib/rabbitmq/bin/rabbitmq-server"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
import socket
for _ in range(200):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        break
    except OSError:
        time.sleep(0.3)
time.sleep(3)
deb("rabbitmq-server")
server.wait()
