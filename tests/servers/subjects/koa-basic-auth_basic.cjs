const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const Koa = require("koa"), auth = require("koa-basic-auth");
const app = new Koa(); app.silent = true;
app.use(auth({ name: "jo", pass: "right-horse" }));
app.use((ctx) => { ctx.body = { ok: true }; });
app.listen(PORT, "127.0.0.1", () => v("koa-basic-auth", "koa"));
