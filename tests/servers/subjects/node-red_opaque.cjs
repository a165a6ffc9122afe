// path: /settings
const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const http = require("node:http"), os = require("node:os"), RED = require("node-red"), express = require("express");
const app = express(), server = http.createServer(app);
RED.init(server, { httpAdminRoot: "/", httpNodeRoot: "/api", userDir: fs.mkdtempSync(path.join(os.tmpdir(), "orders")), logging: { console: { level: "off" } },
  adminAuth: { type: "credentials", users: [], tokens: async (token) => (token === TOKEN ? { username: "jo", permissions: "*" } : null) } });
app.use("/", RED.httpAdmin);
RED.start().then(() => server.listen(PORT, "127.0.0.1", () => v("node-red", "express")));
