const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const restify = require("restify"), errors = require("restify-errors");
const server = restify.createServer({ name: "orders" });
server.use(restify.plugins.authorizationParser());
server.use((req, res, next) => req.username === "jo" && req.authorization.basic.password === "right-horse" ? next() : next(new errors.UnauthorizedError("not authorized")));
server.get("/orders/7", (req, res, next) => { res.send({ ok: true }); return next(); });
server.listen(PORT, "127.0.0.1", () => v("restify", "restify-errors"));
