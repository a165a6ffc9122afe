const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const { Hono } = require("hono"), { jwt } = require("hono/jwt"), { serve } = require("@hono/node-server");
const app = new Hono(); app.use("*", jwt({ secret: SECRET, alg: "HS256", verification: { iss: "https://id.example/", aud: "orders" } })); app.get("/orders/7", (c) => c.json({ ok: true }));
serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" }, () => v("hono", "@hono/node-server"));
