const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
require("reflect-metadata");
const { Module, Controller, Get, UseGuards, Injectable, UnauthorizedException } = require("@nestjs/common"), { NestFactory } = require("@nestjs/core"), { JwtService } = require("@nestjs/jwt");
const service = new JwtService({ secret: SECRET, verifyOptions: { issuer: "https://id.example/", audience: "orders" } });
class AuthGuard { async canActivate(context) {
  const [type, token] = context.switchToHttp().getRequest().headers.authorization?.split(" ") ?? [];
  if (type !== "Bearer" || !token) throw new UnauthorizedException();
  try { await service.verifyAsync(token); } catch { throw new UnauthorizedException(); }
  return true; } }
class Orders { one() { return { ok: true }; } }
Controller("orders")(Orders); Get("7")(Orders.prototype, "one", Object.getOwnPropertyDescriptor(Orders.prototype, "one")); UseGuards(AuthGuard)(Orders);
class App {} Module({ controllers: [Orders] })(App);
(async () => { const app = await NestFactory.create(App, { logger: false }); await app.listen(PORT, "127.0.0.1"); v("@nestjs/jwt", "@nestjs/core", "jsonwebtoken"); })();
