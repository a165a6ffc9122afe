const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
(async () => {
  const { H3, serve, basicAuth, createApp } = await import(require.resolve("h3"));
  const app = new H3();
  app.get("/orders/7", () => ({ ok: true }), { middleware: [basicAuth({ username: "jo", password: "right-horse" })] });
  serve(app, { port: Number(PORT), hostname: "127.0.0.1", silent: true }); v("h3");
})();
