const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
require("reflect-metadata");
const { createExpressServer, JsonController, Get, Authorized, UnauthorizedError } = require("routing-controllers"), jwt = require("jsonwebtoken");
class Orders { one() { return { ok: true }; } }
JsonController()(Orders);
const at = Object.getOwnPropertyDescriptor(Orders.prototype, "one");
Get("/orders/7")(Orders.prototype, "one", at); Authorized()(Orders.prototype, "one", at);
createExpressServer({ controllers: [Orders], authorizationChecker: (action) => {
  const token = (action.request.headers.authorization || "").split(" ")[1];
  try { jwt.verify(token, SECRET, { algorithms: ["HS256"], audience: "orders", issuer: "https://id.example/" }); return true; } catch { return false; }
} }).listen(PORT, "127.0.0.1", () => v("routing-controllers", "express", "jsonwebtoken"));
