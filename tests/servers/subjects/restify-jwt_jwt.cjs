const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const restify = require("restify"), jwt = require("restify-jwt-community");
const server = restify.createServer({ name: "orders" });
server.use(jwt({ secret: SECRET, algorithms: ["HS256"], audience: "orders", issuer: "https://id.example/" }));
server.get("/orders/7", (req, res, next) => { res.send({ ok: true }); next(); });
server.listen(PORT, "127.0.0.1", () => v("restify-jwt-community", "restify"));
