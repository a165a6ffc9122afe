const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const Hapi = require("@hapi/hapi"), plugin = require("hapi-auth-bearer-token");
  const server = Hapi.server({ port: PORT, host: "127.0.0.1" });
  await server.register(plugin);
  server.auth.strategy("simple", "bearer-access-token", { validate: async (request, token) => ({ isValid: token === TOKEN, credentials: { token } }) });
  server.auth.default("simple");
  server.route({ method: "GET", path: "/orders/7", handler: () => ({ ok: true }) });
  await server.start(); v("hapi-auth-bearer-token", "@hapi/hapi");
})();
