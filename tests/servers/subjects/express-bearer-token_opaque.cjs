const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), bearerToken = require("express-bearer-token");
const app = express(); app.use((bearerToken.default || bearerToken)());
app.get("/orders/7", (req, res) => req.token === TOKEN ? res.json({ ok: true }) : res.sendStatus(401));
app.listen(PORT, "127.0.0.1", () => v("express-bearer-token", "express"));
