const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"); const { expressjwt } = require("express-jwt");
const app = express();
app.use(expressjwt({ secret: SECRET, algorithms: ["HS256"], audience: "orders", issuer: "https://id.example/" }));
app.get("/orders/7", (req, res) => res.json({ ok: true }));
app.use((err, req, res, next) => res.status(err.status || 500).json({ name: err.name, code: err.code, message: err.message }));
app.listen(PORT, "127.0.0.1", () => v("express-jwt", "jsonwebtoken", "express"));
