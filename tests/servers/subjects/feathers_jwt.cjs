const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const { feathers } = require("@feathersjs/feathers"), express = require("@feathersjs/express");
  const { AuthenticationService, JWTStrategy, authenticate } = require("@feathersjs/authentication");
  const app = express.default(feathers());
  app.configure(express.rest());
  app.set("authentication", { secret: SECRET, entity: null, authStrategies: ["jwt"], jwtOptions: { audience: "orders", issuer: "https://id.example/", algorithm: "HS256" } });
  const authentication = new AuthenticationService(app); authentication.register("jwt", new JWTStrategy());
  app.use("authentication", authentication);
  app.use("orders", { async get() { return { ok: true }; } });
  app.service("orders").hooks({ before: { all: [authenticate("jwt")] } });
  app.use(express.errorHandler({ logger: false }));
  await app.listen(PORT, "127.0.0.1"); v("@feathersjs/authentication", "@feathersjs/express");
})();
