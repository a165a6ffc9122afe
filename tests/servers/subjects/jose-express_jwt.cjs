const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const { jwtVerify } = await import("file://" + require.resolve("jose")), express = require("express");
  const app = express();
  app.get("/orders/7", async (req, res) => {
    try { await jwtVerify((req.headers.authorization || "").split(" ")[1], new TextEncoder().encode(SECRET), { issuer: "https://id.example/", audience: "orders" }); res.json({ ok: true }); }
    catch (e) { res.status(401).json({ code: e.code, message: e.message }); }
  });
  app.listen(PORT, "127.0.0.1", () => v("jose", "express"));
})();
