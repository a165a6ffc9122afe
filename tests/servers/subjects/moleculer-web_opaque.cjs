const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
const { ServiceBroker } = require("moleculer"), Api = require("moleculer-web");
const broker = new ServiceBroker({ logger: false });
broker.createService({ name: "orders", actions: { get: { rest: "GET /7", handler: () => ({ ok: true }) } } });
broker.createService({ name: "api", mixins: [Api], settings: { port: Number(PORT), ip: "127.0.0.1", routes: [{ path: "/orders", authorization: true, aliases: { "GET 7": "orders.get" } }] },
  methods: { authorize(ctx, route, req) {
    const { UnAuthorizedError, ERR_NO_TOKEN, ERR_INVALID_TOKEN } = Api.Errors, auth = req.headers.authorization;
    if (!auth || !auth.startsWith("Bearer")) return Promise.reject(new UnAuthorizedError(ERR_NO_TOKEN));
    return auth.slice(7) === TOKEN ? Promise.resolve(ctx) : Promise.reject(new UnAuthorizedError(ERR_INVALID_TOKEN));
  } } });
broker.start().then(() => v("moleculer-web", "moleculer"));
