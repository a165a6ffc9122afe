const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), OpenApiValidator = require("express-openapi-validator");
const app = express();
app.use(OpenApiValidator.middleware({ apiSpec: { openapi: "3.0.3", info: { title: "orders", version: "1" },
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } }, security: [{ bearer: [] }],
  paths: { "/orders/7": { get: { responses: { 200: { description: "ok" } } } } } },
  validateSecurity: { handlers: { bearer: async (req) => req.headers.authorization.split(" ")[1] === TOKEN } } }));
app.get("/orders/7", (req, res) => res.json({ ok: true }));
app.use((err, req, res, next) => res.status(err.status || 500).json({ message: err.message, errors: undefined }));
app.listen(PORT, "127.0.0.1", () => v("express-openapi-validator", "express"));
