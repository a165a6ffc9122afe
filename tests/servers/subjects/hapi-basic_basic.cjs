const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const Hapi = require("@hapi/hapi"), Basic = require("@hapi/basic");
(async () => {
  const server = Hapi.server({ port: PORT, host: "127.0.0.1" });
  await server.register(Basic);
  server.auth.strategy("simple", "basic", { validate: async (request, user, password) => ({ isValid: user === "jo" && password === "right-horse", credentials: { user } }) });
  server.route({ method: "GET", path: "/orders/7", options: { auth: "simple" }, handler: () => ({ ok: true }) });
  await server.start(); v("@hapi/basic", "@hapi/hapi");
})();
