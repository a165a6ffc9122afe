const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const http = require("node:http"), auth = require("http-auth"), crypto = require("node:crypto");
const digest = auth.digest({ realm: "Orders" }, (user, done) => user === "jo" ? done(crypto.createHash("md5").update("jo:Orders:right-horse").digest("hex")) : done());
http.createServer(digest.check((req, res) => { res.setHeader("Content-Type", "application/json"); res.end('{"ok":true}'); })).listen(PORT, "127.0.0.1", () => v("http-auth"));
