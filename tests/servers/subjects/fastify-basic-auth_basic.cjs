const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const app = require("fastify")();
app.register(require("@fastify/basic-auth"), { validate: async (user, password) => { if (user !== "jo" || password !== "right-horse") throw new Error("no"); }, authenticate: true });
app.after(() => app.route({ method: "GET", url: "/orders/7", onRequest: app.basicAuth, handler: async () => ({ ok: true }) }));
app.listen({ port: Number(PORT), host: "127.0.0.1" }).then(() => v("@fastify/basic-auth", "fastify"));
