const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), passport = require("passport"), { DigestStrategy } = require("passport-http");
passport.use(new DigestStrategy({ realm: "Orders", qop: "auth" }, (user, done) => user === "jo" ? done(null, { id: 17 }, "right-horse") : done(null, false), (params, done) => done(null, true)));
const app = express(); app.use(passport.initialize());
app.get("/orders/7", passport.authenticate("digest", { session: false }), (req, res) => res.json({ ok: true }));
app.listen(PORT, "127.0.0.1", () => v("passport-http", "passport", "express"));
