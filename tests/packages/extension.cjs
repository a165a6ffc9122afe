// Activates the extension as it was packed, and speaks to the server that it starts, with the protocol's library of VS Code, which
// is in the package. The editor itself is not there: of `vscode` only the settings are needed, and the client only shows how it
// would be started. Usage: node extension.cjs FOLDER PROGRAM
const { spawn } = require("child_process");
const Module = require("module");
const path = require("path");

const folder = path.resolve(process.argv[2]);
const required = Module.createRequire(path.join(folder, "extension.js"));
const protocol = required("vscode-languageserver-protocol/node");
const manifest = required("./package.json");

let started;
class LanguageClient {
  constructor(id, server, client) {
    started = { id, server, client };
  }
  start() {}
  stop() {}
}
const load = Module._load;
const vscode = { workspace: { getConfiguration: () => ({ get: () => process.argv[3] }) } };
const stubs = { vscode, "vscode-languageclient/node": { LanguageClient } };
Module._load = (name, ...rest) => stubs[name] ?? load(name, ...rest);
const extension = required(manifest.main);
extension.activate();

(async () => {
  const { command, args } = started.server;
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(child.stdout),
    new protocol.StreamMessageWriter(child.stdin)
  );
  const published = new Promise((done) => connection.onNotification(protocol.PublishDiagnosticsNotification.type, done));
  connection.listen();
  const answer = await connection.sendRequest(protocol.InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  const text = "GET https://api.shop.example/orders\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n";
  const textDocument = { uri: "file:///project/a.http", languageId: "http", version: 1, text };
  connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument });
  const found = await published;
  const client = required("vscode-languageclient/package.json").version;
  console.log(`extension ${manifest.version}, client ${client}: ${args.join(" ")} answers as ${answer.serverInfo.name} ${answer.serverInfo.version}`);
  console.log(`finding: ${found.diagnostics[0].code}, for ${started.client.documentSelector[0].pattern}`);
  await connection.sendRequest(protocol.ShutdownRequest.type);
  connection.sendNotification(protocol.ExitNotification.type);
  child.on("exit", (status) => process.exit(status === 0 && found.diagnostics[0].code === "missing-bearer-prefix" ? 0 : 1));
})();
