const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), passport = require("passport"); const { Strategy, ExtractJwt } = require("passport-jwt");
passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: SECRET, audience: "orders", issuer: "https://id.example/" }, (claims, done) => done(null, { id: claims.sub })));
const app = express();
app.get("/orders/7", passport.authenticate("jwt", { session: false }), (req, res) => res.json({ ok: true }));
app.listen(PORT, "127.0.0.1", () => v("passport-jwt", "passport", "express"));
