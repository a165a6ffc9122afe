const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), session = require("express-session"), passport = require("passport");
passport.serializeUser((user, done) => done(null, user.id)); passport.deserializeUser((id, done) => done(null, { id }));
const app = express(); app.use(session({ secret: SECRET, resave: false, saveUninitialized: false }), passport.session());
app.get("/login", (req, res) => req.login({ id: 17 }, () => res.json({ ok: true })));
app.get("/orders/7", (req, res) => req.isAuthenticated() ? res.json({ ok: true }) : res.status(401).json({ message: "Not authenticated" }));
app.listen(PORT, "127.0.0.1", () => v("express-session", "passport", "express"));
