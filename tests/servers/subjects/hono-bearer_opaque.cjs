const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const { Hono } = require("hono"), { bearerAuth } = require("hono/bearer-auth"), { serve } = require("@hono/node-server");
  const app = new Hono(); app.use("*", bearerAuth({ token: TOKEN })); app.get("/orders/7", (c) => c.json({ ok: true }));
  serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" }, () => v("hono", "@hono/node-server"));
})();
