const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const { Elysia } = require("elysia"), { node } = require("@elysiajs/node"), { bearer } = require("@elysiajs/bearer"), { jwt } = require("@elysiajs/jwt");
new Elysia({ adapter: node() }).use(bearer()).use(jwt({ name: "jwt", secret: SECRET })).get("/orders/7", async ({ jwt, bearer, status }) =>
  (await jwt.verify(bearer, { audience: "orders", issuer: "https://id.example/" })) ? { ok: true } : status(401, "Unauthorized")
).listen({ port: Number(PORT), hostname: "127.0.0.1" }, () => v("elysia", "@elysiajs/jwt", "@elysiajs/node"));
