const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
require("reflect-metadata");
const { Controller, Get, Module, UseGuards } = require("@nestjs/common"), { NestFactory } = require("@nestjs/core");
const { AuthGuard, PassportModule, PassportStrategy } = require("@nestjs/passport"), { Strategy, ExtractJwt } = require("passport-jwt");
class Jwt extends PassportStrategy(Strategy) { constructor() { super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: SECRET, audience: "orders", issuer: "https://id.example/" }); } validate(claims) { return { id: claims.sub }; } }
class Orders { one() { return { ok: true }; } }
Reflect.decorate([Get("orders/7"), UseGuards(AuthGuard("jwt"))], Orders.prototype, "one", Object.getOwnPropertyDescriptor(Orders.prototype, "one"));
Reflect.decorate([Controller()], Orders);
class App {} Reflect.decorate([Module({ imports: [PassportModule], controllers: [Orders], providers: [Jwt] })], App);
NestFactory.create(App, { logger: false }).then((app) => app.listen(PORT, "127.0.0.1")).then(() => v("@nestjs/core", "@nestjs/passport", "passport-jwt"));
