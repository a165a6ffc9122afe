const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), cookies = require("cookie-parser"), { doubleCsrf } = require("csrf-csrf");
const { generateCsrfToken, doubleCsrfProtection } = doubleCsrf({ getSecret: () => SECRET, getSessionIdentifier: () => "s", cookieName: "csrf", cookieOptions: { secure: false } });
const app = express(); app.use(cookies()); app.use(doubleCsrfProtection);
app.get("/login", (req, res) => res.json({ token: generateCsrfToken(req, res) })); app.post("/orders/7", (req, res) => res.json({ ok: true }));
app.use((err, req, res, next) => res.status(err.statusCode || 500).json({ code: err.code, message: err.message }));
app.listen(PORT, "127.0.0.1", () => v("csrf-csrf", "express"));
