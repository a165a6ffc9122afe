const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
// path: /graphql?query=%7Border%7D
const { createServer } = require("node:http"), { createYoga, createSchema } = require("graphql-yoga");
const { useJWT, createInlineSigningKeyProvider, extractFromHeader } = require("@graphql-yoga/plugin-jwt");
const yoga = createYoga({ logging: false, schema: createSchema({ typeDefs: "type Query { order: String! }", resolvers: { Query: { order: () => "ok" } } }),
  plugins: [useJWT({ singingKeyProviders: [createInlineSigningKeyProvider(SECRET)], tokenLookupLocations: [extractFromHeader({ name: "authorization", prefix: "Bearer" })], tokenVerification: { algorithms: ["HS256"], audience: "orders", issuer: "https://id.example/" }, reject: { missingToken: true, invalidToken: true } })] });
createServer(yoga).listen(PORT, "127.0.0.1", () => v("graphql-yoga", "@graphql-yoga/plugin-jwt"));
