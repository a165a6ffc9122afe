const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET } = process.env;
(async () => {
  const Hapi = require("@hapi/hapi"), plugin = require("hapi-auth-jwt2");
  const server = Hapi.server({ port: PORT, host: "127.0.0.1" });
  await server.register(plugin);
  server.auth.strategy("jwt", "jwt", { key: SECRET, validate: async () => ({ isValid: true }), verifyOptions: { algorithms: ["HS256"], audience: "orders", issuer: "https://id.example/" } });
  server.auth.default("jwt");
  server.route({ method: "GET", path: "/orders/7", handler: () => ({ ok: true }) });
  await server.start(); v("hapi-auth-jwt2", "@hapi/hapi");
})();
