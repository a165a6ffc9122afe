const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const os = require("node:os");
const root = fs.mkdtempSync(path.join(os.tmpdir(), "http-server-"));
fs.mkdirSync(path.join(root, "orders"));
fs.writeFileSync(path.join(root, "orders", "7"), "one");
require("http-server").createServer({ root, username: "jo", password: "right-horse" }).listen(process.env.PORT, "127.0.0.1", () => v("http-server"));
