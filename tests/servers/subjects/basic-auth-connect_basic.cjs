const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), basic = require("basic-auth-connect");
const app = express(); app.use(basic("jo", "right-horse")); app.get("/orders/7", (req, res) => res.json({ ok: true }));
app.listen(PORT, "127.0.0.1", () => v("basic-auth-connect", "express"));
