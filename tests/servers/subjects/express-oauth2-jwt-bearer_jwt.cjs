const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET } = process.env;
process.env.NODE_ENV = "production"; // no stack in the page
const express = require("express"), { auth } = require("express-oauth2-jwt-bearer");
const app = express();
app.use(auth({ issuer: "https://id.example/", audience: "orders", secret: SECRET, tokenSigningAlg: "HS256" }));
app.get("/orders/7", (request, response) => response.json({ ok: true }));
app.listen(PORT, "127.0.0.1", () => v("express-oauth2-jwt-bearer", "express"));
