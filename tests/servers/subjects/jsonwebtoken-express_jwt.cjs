const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), jwt = require("jsonwebtoken");
const app = express();
app.get("/orders/7", (req, res) => {
  const token = req.headers.authorization && req.headers.authorization.split(" ")[1];
  if (token == null) return res.sendStatus(401);
  jwt.verify(token, SECRET, { issuer: "https://id.example/", audience: "orders" }, (err) => err ? res.status(403).json(err) : res.json({ ok: true }));
});
app.listen(PORT, "127.0.0.1", () => v("jsonwebtoken", "express"));
