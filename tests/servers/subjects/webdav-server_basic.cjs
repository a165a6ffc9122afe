// path: /7.txt
const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const webdav = require("webdav-server").v2;
const users = new webdav.SimpleUserManager(), user = users.addUser("jo", "right-horse", false), rights = new webdav.SimplePathPrivilegeManager();
rights.setRights(user, "/", ["all"]);
const server = new webdav.WebDAVServer({ httpAuthentication: new webdav.HTTPBasicAuthentication(users, "Orders"), privilegeManager: rights, requireAuthentification: true, port: +PORT, hostname: "127.0.0.1" });
server.rootFileSystem().addSubTree(server.createExternalContext(), { "7.txt": "ok" }, () => server.start(() => v("webdav-server")));
