const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const express = require("express"), OAuthServer = require("@node-oauth/express-oauth-server");
const app = express();
const model = { getAccessToken: async (token) => token === TOKEN ? { accessToken: token, accessTokenExpiresAt: new Date(Date.now() + 3600e3), client: { id: "c" }, user: { id: 17 } } : null, getClient() {}, saveToken() {} };
const oauth = new OAuthServer({ model });
app.get("/orders/7", oauth.authenticate(), (req, res) => res.json({ ok: true }));
app.listen(PORT, "127.0.0.1", () => v("@node-oauth/express-oauth-server", "@node-oauth/oauth2-server", "express"));
