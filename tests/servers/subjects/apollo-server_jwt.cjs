const fs = require("node:fs"), path = require("node:path");
const v = (...names) => console.log(names.map((n) => { for (const p of (process.env.NODE_PATH || "").split(":")) { try { return n + " " + JSON.parse(fs.readFileSync(path.join(p, n, "package.json"))).version; } catch {} } return n; }).join(", "));
const { PORT, SECRET, TOKEN } = process.env;
// path: /?query=%7Border%7D
(async () => {
  const { ApolloServer } = require("@apollo/server"), { startStandaloneServer } = require("@apollo/server/standalone"), { GraphQLError } = require("graphql"), jwt = require("jsonwebtoken");
  const server = new ApolloServer({ csrfPrevention: false, includeStacktraceInErrorResponses: false, typeDefs: "type Query { order: String! }", resolvers: { Query: { order: (_, __, { user }) => {
    if (!user) throw new GraphQLError("User is not authenticated", { extensions: { code: "UNAUTHENTICATED" } });
    return "ok"; } } } });
  const context = async ({ req }) => { try { return { user: jwt.verify((req.headers.authorization || "").replace("Bearer ", ""), SECRET, { audience: "orders", issuer: "https://id.example/" }) }; } catch { return {}; } };
  await startStandaloneServer(server, { context, listen: { port: Number(PORT), host: "127.0.0.1" } });
  v("@apollo/server", "graphql");
})();
