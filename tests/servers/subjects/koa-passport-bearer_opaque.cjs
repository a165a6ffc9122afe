const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const Koa = require("koa"), passport = require("koa-passport"), { Strategy } = require("passport-http-bearer");
const app = new Koa(); app.silent = true;
passport.use(new Strategy((token, done) => done(null, token === TOKEN ? { id: 17 } : false)));
app.use(passport.initialize()); app.use(passport.authenticate("bearer", { session: false }));
app.use((ctx) => { ctx.body = { ok: true }; });
app.listen(PORT, "127.0.0.1", () => v("koa-passport", "passport-http-bearer", "koa"));
