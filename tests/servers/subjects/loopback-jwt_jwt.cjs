const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const { RestApplication, get } = require("@loopback/rest"), { AuthenticationComponent, authenticate } = require("@loopback/authentication");
const { JWTAuthenticationComponent, TokenServiceBindings } = require("@loopback/authentication-jwt");
class Orders { one() { return { ok: true }; } }
const at = Object.getOwnPropertyDescriptor(Orders.prototype, "one");
get("/orders/7")(Orders.prototype, "one", at); authenticate("jwt")(Orders.prototype, "one", at);
const app = new RestApplication({ rest: { port: +PORT, host: "127.0.0.1", gracePeriodForClose: 0 } });
app.component(AuthenticationComponent); app.component(JWTAuthenticationComponent);
app.bind(TokenServiceBindings.TOKEN_SECRET).to(SECRET);
app.controller(Orders);
app.start().then(() => v("@loopback/authentication-jwt", "@loopback/authentication", "@loopback/rest"));
