const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), session = require("express-session"), lusca = require("lusca");
const app = express(); app.use(session({ secret: SECRET, resave: false, saveUninitialized: true }));
app.use(lusca.csrf());
app.get("/login", (req, res) => res.json({ token: res.locals._csrf })); app.post("/orders/7", (req, res) => res.json({ ok: true }));
app.use((err, req, res, next) => res.status(err.statusCode || err.status || res.statusCode).json({ message: err.message }));
app.listen(PORT, "127.0.0.1", () => v("lusca", "express-session", "express"));
