import os
import shutil, subprocess, tempfile
from pathlib import Path
# path: /orders/7.txt
home, port = Path(tempfile.mkdtemp(prefix="orders")), os.environ["PORT"]
def deb(*names):
    print(", ".join(subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}", n], capture_output=True, text=True).stdout for n in names), flush=True)
deb("tomcat10")
for name in ("conf", "webapps/ROOT/WEB-INF", "webapps/ROOT/orders", "temp", "logs", "work"):
    (home / name).mkdir(parents=True)
for name in ("web.xml",):
    shutil.copy(f"/etc/tomcat10/{name}", home / "conf" / name)
(home / "conf/tomcat-users.xml").write_text('<tomcat-users><role rolename="r"/><user username="jo" password="right-horse" roles="r"/></tomcat-users>')
(home / "conf/server.xml").write_text(f'<Server port="-1"><GlobalNamingResources><Resource name="UserDatabase" auth="Container" type="org.apache.catalina.UserDatabase" factory="org.apache.catalina.users.MemoryUserDatabaseFactory" pathname="conf/tomcat-users.xml"/></GlobalNamingResources><Service name="Catalina"><Connector port="{port}" address="127.0.0.1"/><Engine name="Catalina" defaultHost="localhost"><Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/><Host name="localhost" appBase="webapps"/></Engine></Service></Server>')
(home / "webapps/ROOT/orders/7.txt").write_text("ok")
(home / "webapps/ROOT/WEB-INF/web.xml").write_text('<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0"><security-constraint><web-resource-collection><web-resource-name>all</web-resource-name><url-pattern>/*</url-pattern></web-resource-collection><auth-constraint><role-name>r</role-name></auth-constraint></security-constraint><login-config><auth-method>BASIC</auth-method><realm-name>orders</realm-name></login-config><security-role><role-name>r</role-name></security-role></web-app>')
env = os.environ | {"CATALINA_BASE": str(home), "CATALINA_HOME": "/usr/share/tomcat10", "JAVA_OPTS": "-Xmx128m"}
os.execve("/usr/share/tomcat10/bin/catalina.sh", ["catalina.sh", "run"], env)
