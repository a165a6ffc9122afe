// Starts `why401 lsp` and nothing else.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = workspace.getConfiguration("why401").get("path");
  const files = { scheme: "file", pattern: "**/*.{http,rest,har,curl,txt,log}" };
  client = new LanguageClient("why401", { command, args: ["lsp"] }, { documentSelector: [files] });
  return client.start();
};

exports.deactivate = () => client?.stop();
