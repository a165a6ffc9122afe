const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, TOKEN } = process.env;
const app = require("fastify")();
app.register(require("@fastify/bearer-auth"), { keys: new Set([TOKEN]) });
app.get("/orders/7", () => ({ ok: true }));
app.listen({ port: PORT, host: "127.0.0.1" }, () => v("@fastify/bearer-auth", "fastify"));
