// Starts `connlint server` and connects it to the editor.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { LanguageClient, RevealOutputChannelOn, Trace } = require("vscode-languageclient/node");

const NAME = process.platform === "win32" ? "connlint.exe" : "connlint";
const FOLDER = process.platform === "win32" ? "Scripts" : "bin";

let client;

// The program to start: the one in the settings, else one in the environment, else the bundled one.
function findProgram(context) {
  const settings = vscode.workspace.getConfiguration("connlint");
  const bundled = path.join(context.extensionPath, "bundled", NAME);
  // Programs that a workspace names are started only if the workspace is trusted.
  if (vscode.workspace.isTrusted) {
    const chosen = settings.get("path");
    if (chosen) {
      return chosen;
    }
    if (settings.get("importStrategy") === "fromEnvironment") {
      const found = inEnvironment();
      if (found) {
        return found;
      }
    }
  }
  return fs.existsSync(bundled) ? bundled : undefined;
}

function inEnvironment() {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => path.join(folder.uri.fsPath, ".venv", FOLDER));
  folders.push(...(process.env.PATH ?? "").split(path.delimiter));
  return folders.filter(Boolean).map((folder) => path.join(folder, NAME)).find((file) => fs.existsSync(file));
}

async function start(context) {
  const program = findProgram(context);
  if (!program) {
    const open = "Open settings";
    const message = "connlint was not found. Install it, or set `connlint.path` to the program.";
    if ((await vscode.window.showErrorMessage(message, open)) === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "connlint.path");
    }
    return;
  }
  const languages = ["markdown", "yaml", "json", "jsonc"];
  const documentSelector = languages.flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]);
  documentSelector.push({ scheme: "file", pattern: "**/connlint.toml" });
  const settings = vscode.workspace.getConfiguration("connlint");
  client = new LanguageClient(
    "connlint",
    "connlint",
    { command: program, args: ["server"] },
    {
      documentSelector,
      initializationOptions: settings,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticPullOptions: { onChange: true, onSave: true },
    },
  );
  try {
    await client.start();
    await client.setTrace(Trace.fromString(settings.get("trace.server") ?? "off"));
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(`connlint could not start \`${program}\`: ${error.message ?? error}. Set \`connlint.path\`.`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function fixAll() {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const kind = vscode.CodeActionKind.SourceFixAll.append("connlint");
  const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
  const actions = await vscode.commands.executeCommand(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    whole,
    kind.value,
  );
  const edits = (actions ?? []).map((action) => action.edit).filter(Boolean);
  if (edits.length === 0) {
    vscode.window.setStatusBarMessage("connlint: no safe fixes in this file", 4000);
  }
  for (const edit of edits) {
    await vscode.workspace.applyEdit(edit);
  }
}

async function activate(context) {
  const restart = async () => {
    await stop();
    await start(context);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("connlint.fixAll", fixAll),
    vscode.commands.registerCommand("connlint.restart", restart),
    vscode.commands.registerCommand("connlint.showLog", () => client?.outputChannel.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("connlint.path") || change.affectsConfiguration("connlint.importStrategy")) {
        restart();
      }
    }),
  );
  await start(context);
}

module.exports = { activate, deactivate: stop };
