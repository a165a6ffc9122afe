const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const { Elysia } = require("elysia"), { node } = require("@elysiajs/node"), { bearer } = require("@elysiajs/bearer");
new Elysia({ adapter: node() }).use(bearer()).get("/orders/7", ({ bearer, status, set }) => {
  if (bearer !== TOKEN) { set.headers["WWW-Authenticate"] = `Bearer realm='sign', error="invalid_request"`; return status(401, "Unauthorized"); }
  return { ok: true };
}).listen({ port: Number(PORT), hostname: "127.0.0.1" }, () => v("elysia", "@elysiajs/bearer", "@elysiajs/node"));
