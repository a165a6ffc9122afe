const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const Hapi = require("@hapi/hapi"), Jwt = require("@hapi/jwt");
  const server = Hapi.server({ port: PORT, host: "127.0.0.1" });
  await server.register(Jwt);
  server.auth.strategy("jwt", "jwt", { keys: SECRET, verify: { aud: "orders", iss: "https://id.example/", sub: false, nbf: true, exp: true }, validate: () => ({ isValid: true, credentials: { id: 17 } }) });
  server.auth.default("jwt");
  server.route({ method: "GET", path: "/orders/7", handler: () => ({ ok: true }) });
  await server.start(); v("@hapi/jwt", "@hapi/hapi");
})();
