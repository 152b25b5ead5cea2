//! The language server, spoken to as an editor does.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files that are opened and may panic"
)]

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use connlint::testing::server::{End, serve};
use insta::assert_json_snapshot;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An editor in the same process.
struct Editor {
    connection: Connection,
    server: Option<JoinHandle<End>>,
    folder: TempDir,
    requests: i32,
    /// Notifications that arrived while an answer was awaited.
    told: Vec<Notification>,
    /// What the server asked for.
    asked: Vec<Request>,
    capabilities: Value,
}

/// What older editors can do: diagnostics are sent to them, columns are counted in UTF-16.
fn old() -> Value {
    json!({ "textDocument": { "publishDiagnostics": {} } })
}

/// What newer editors can do.
fn new() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": {
            "diagnostic": { "relatedInformation": true },
            "publishDiagnostics": { "relatedInformation": true },
        },
        "workspace": {
            "configuration": true,
            "diagnostics": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "snippetEditSupport": true },
        },
    })
}

impl Editor {
    /// Opens a folder with these files.
    fn open(capabilities: &Value, files: &[(&str, &str)]) -> Self {
        Self::with_options(capabilities, &Value::Null, files)
    }

    fn with_options(capabilities: &Value, options: &Value, files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || serve(&other).unwrap());
        let (requests, told, asked) = Default::default();
        let capabilities_given = capabilities;
        let mut editor =
            Self { connection, server: Some(server), folder, requests, told, asked, capabilities: Value::Null };
        let root = editor.uri("");
        let params = json!({
            "processId": null,
            "rootUri": root,
            "capabilities": capabilities_given,
            "initializationOptions": options,
            "workspaceFolders": [{ "uri": root, "name": "site" }],
        });
        editor.capabilities = editor.request("initialize", params)["capabilities"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().canonicalize().unwrap();
        if name.is_empty() { folder } else { folder.join(name) }
    }

    fn uri(&self, name: &str) -> String {
        url::Url::from_file_path(self.path(name)).unwrap().into()
    }

    fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn receive(&self) -> Message {
        self.connection.receiver.recv_timeout(Duration::from_secs(20)).unwrap()
    }

    fn respond(&mut self, method: &str, params: Value) -> Response {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.connection.sender.send(Request::new(id.clone(), method.to_owned(), params).into()).unwrap();
        loop {
            match self.receive() {
                Message::Response(response) => {
                    assert_eq!(response.id, id);
                    return response;
                }
                Message::Notification(notification) => self.told.push(notification),
                Message::Request(request) => self.asked.push(request),
            }
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.respond(method, params).response_result.unwrap()
    }

    /// Opens a file with the text that it has on disk.
    fn show(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        self.show_text(name, &text);
        text
    }

    fn show_text(&self, name: &str, text: &str) {
        let language = if Path::new(name).extension().is_some_and(|end| end == "md") { "markdown" } else { "yaml" };
        let document = json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn replace(&self, name: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// The diagnostics that are sent for a file next.
    fn published(&mut self, name: &str) -> Value {
        let uri = self.uri(name);
        loop {
            let at = self.told.iter().position(|told| {
                told.method == "textDocument/publishDiagnostics" && told.params["uri"] == uri.as_str()
            });
            if let Some(at) = at {
                return self.told.remove(at).params;
            }
            match self.receive() {
                Message::Notification(notification) => self.told.push(notification),
                Message::Request(request) => self.asked.push(request),
                Message::Response(response) => panic!("an answer to nothing: {response:?}"),
            }
        }
    }

    fn pulled(&mut self, name: &str) -> Vec<Value> {
        let document = json!({ "uri": self.uri(name) });
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": document }));
        report["items"].as_array().unwrap().clone()
    }

    fn actions(&mut self, name: &str, line: u32, only: &Value) -> Vec<Value> {
        let place = json!({ "line": line, "character": 0 });
        let end = json!({ "line": line, "character": 1000 });
        let mut context = json!({ "diagnostics": [] });
        if !only.is_null() {
            context["only"] = only.clone();
        }
        let document = json!({ "uri": self.uri(name) });
        let params = json!({ "textDocument": document, "range": { "start": place, "end": end }, "context": context });
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Asks something about a position of a file.
    fn at(&mut self, method: &str, name: &str, text: &str, sought: &str) -> Value {
        let offset = text.find(sought).unwrap_or_else(|| panic!("`{sought}` is not in the text"));
        let line = text[..offset].matches('\n').count();
        let character = text[..offset].rsplit('\n').next().unwrap().len();
        let document = json!({ "uri": self.uri(name) });
        let position = json!({ "line": line, "character": character });
        let mut params = json!({ "textDocument": document, "position": position });
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": false });
        }
        self.request(method, params)
    }

    fn end(mut self) -> End {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

/// The text with the edits of an action, which are in one document.
fn edited(text: &str, action: &Value) -> String {
    let edits = match action["edit"]["documentChanges"].as_array() {
        Some(changes) => changes[0]["edits"].as_array().unwrap().clone(),
        None => action["edit"]["changes"].as_object().unwrap().values().next().unwrap().as_array().unwrap().clone(),
    };
    let offset = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + usize::try_from(place["character"].as_u64().unwrap()).unwrap()
    };
    let mut edits: Vec<(usize, usize, String)> = edits
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().or(edit["snippet"]["value"].as_str()).unwrap();
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), new.to_owned())
        })
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|found| found["code"].as_str().unwrap()).collect()
}

const GUIDE: &str = "\
---
title: Acme authentication
sidebar: cyclr_sidebar
permalink: acme-connector
tags: [connector]
linkedpage: false
---

### Step one

1. Open the the page.
2. See [the other page](/zest-information#missing).
";

const OTHER: &str = "\
---
title: Zest information
sidebar: cyclr_sidebar
permalink: zest-information
tags: [connector-information]
---

### About Zest

Text.
";

fn site() -> Vec<(&'static str, &'static str)> {
    vec![("_config.yml", "title: docs\n"), ("acme.md", GUIDE), ("zest.md", OTHER)]
}

#[test]
fn the_capabilities_are_those_of_the_client() {
    let editor = Editor::open(&new(), &site());
    assert_json_snapshot!(editor.capabilities);
    assert_eq!(editor.end(), End::Clean);
    let editor = Editor::open(&old(), &site());
    assert_eq!(editor.capabilities["positionEncoding"], "utf-16");
    assert!(editor.capabilities["diagnosticProvider"].is_null(), "diagnostics are sent to old clients");
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn diagnostics_follow_the_text_and_other_files() {
    let mut editor = Editor::open(&old(), &site());
    editor.show("acme.md");
    let published = editor.published("acme.md");
    assert_eq!(published["version"], 1);
    let found = published["diagnostics"].as_array().unwrap();
    assert!(rules(found).contains(&"guide/doubled-word"), "{found:#?}");
    assert!(rules(found).contains(&"guide/anchor-broken"), "{found:#?}");
    editor.replace("acme.md", 2, &GUIDE.replace("the the", "the"));
    let published = editor.published("acme.md");
    assert_eq!(published["version"], 2);
    assert!(!rules(published["diagnostics"].as_array().unwrap()).contains(&"guide/doubled-word"));
    // A heading of another page that is not saved yet.
    editor.show_text("zest.md", &OTHER.replace("About Zest", "Missing"));
    let published = editor.published("acme.md");
    assert!(!rules(published["diagnostics"].as_array().unwrap()).contains(&"guide/anchor-broken"));
    // The file on disk counts again once the other is closed.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("zest.md") } }));
    let published = editor.published("acme.md");
    assert!(rules(published["diagnostics"].as_array().unwrap()).contains(&"guide/anchor-broken"));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn front_matter_that_changes_changes_other_pages() {
    let mut editor = Editor::open(&new(), &site());
    editor.show("acme.md");
    editor.show("zest.md");
    assert!(!rules(&editor.pulled("acme.md")).contains(&"guide/link-broken"));
    editor.replace("zest.md", 2, &OTHER.replace("permalink: zest-information", "permalink: moved-information"));
    assert!(rules(&editor.pulled("acme.md")).contains(&"guide/link-broken"));
    editor.replace("zest.md", 3, OTHER);
    assert!(!rules(&editor.pulled("acme.md")).contains(&"guide/link-broken"));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn a_client_that_asks_gets_unchanged_reports_and_is_told_to_ask_again() {
    let mut editor = Editor::open(&new(), &site());
    editor.show("acme.md");
    let document = json!({ "uri": editor.uri("acme.md") });
    let first = editor.request("textDocument/diagnostic", json!({ "textDocument": document }));
    let params = json!({ "textDocument": document, "previousResultId": first["resultId"] });
    assert_eq!(editor.request("textDocument/diagnostic", params)["kind"], "unchanged");
    std::fs::remove_file(editor.path("zest.md")).unwrap();
    let change = json!({ "uri": editor.uri("zest.md"), "type": 3 });
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    let found = editor.pulled("acme.md");
    assert!(rules(&found).contains(&"guide/link-broken"), "{found:#?}");
    editor.pulled("acme.md");
    assert!(editor.asked.iter().any(|asked| asked.method == "workspace/diagnostic/refresh"));
    assert!(editor.asked.iter().any(|asked| asked.method == "client/registerCapability"));
    assert!(editor.told.iter().all(|told| told.method != "textDocument/publishDiagnostics"), "never both");
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn fixes_are_offered_and_solve_their_findings() {
    let mut editor = Editor::open(&new(), &site());
    let text = editor.show("acme.md");
    let actions = editor.actions("acme.md", 10, &Value::Null);
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    let fix = &actions[0];
    assert_eq!(fix["isPreferred"], true, "{titles:?}");
    assert_eq!(edited(&text, fix), GUIDE.replace("the the", "the"));
    let ignore = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Ignore")).unwrap();
    assert!(edited(&text, ignore).contains("<!-- connlint-ignore guide/doubled-word: ${0:reason} -->\n1. Open"));
    let all = editor.actions("acme.md", 0, &json!(["source.fixAll"]));
    assert_eq!(all.len(), 1);
    assert_eq!(edited(&text, &all[0]), GUIDE.replace("the the", "the"));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn a_broken_settings_file_has_diagnostics_and_stops_nothing() {
    let mut files = site();
    files.push(("connlint.toml", "severity = \"mild\"\n"));
    let mut editor = Editor::open(&old(), &files);
    editor.show("acme.md");
    let published = editor.published("connlint.toml");
    assert_json_snapshot!(published["diagnostics"]);
    editor.show_text("connlint.toml", "severity = \"error\"\n");
    let published = editor.published("acme.md");
    assert_eq!(published["diagnostics"], json!([]), "sent before the settings were right");
    let published = editor.published("acme.md");
    assert_eq!(rules(published["diagnostics"].as_array().unwrap()), ["guide/anchor-broken"]);
    assert_eq!(editor.published("connlint.toml")["diagnostics"], json!([]));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn completion_hover_and_definition_know_the_site() {
    let mut editor = Editor::open(&new(), &site());
    let text = editor.show("acme.md");
    let links = editor.at("textDocument/completion", "acme.md", &text, "zest-information#");
    let labels: Vec<&str> = labels(&links);
    assert_eq!(labels, ["/acme-connector", "/zest-information"]);
    let anchors = editor.at("textDocument/completion", "acme.md", &text, "missing)");
    assert_eq!(self::labels(&anchors), ["about-zest"]);
    let definition = editor.at("textDocument/definition", "acme.md", &text, "zest-information");
    assert_eq!(definition["uri"], editor.uri("zest.md").as_str());
    let hover = editor.at("textDocument/hover", "acme.md", &text, "zest-information");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Zest information"));
    let other = editor.show("zest.md");
    let references = editor.at("textDocument/references", "zest.md", &other, "Text.");
    assert_eq!(references[0]["uri"], editor.uri("acme.md").as_str());
    let document = json!({ "uri": editor.uri("acme.md") });
    let links = editor.request("textDocument/documentLink", json!({ "textDocument": document }));
    assert_eq!(links[0]["target"], editor.uri("zest.md").as_str());
    let symbols = editor.request("textDocument/documentSymbol", json!({ "textDocument": document }));
    assert_eq!(symbols[0]["name"], "Step one");
    let symbols = editor.request("workspace/symbol", json!({ "query": "zest" }));
    assert_eq!(symbols[0]["name"], "Zest information");
    assert_eq!(editor.end(), End::Clean);
}

fn labels(completion: &Value) -> Vec<&str> {
    completion["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

const CONFIGURATION: &str = "\
Connector: pipedrive-oauth-connector
AuthType: OAuth2
ServiceDomain: acme-h.cyclr.com
CallbackUrl: x
Scopes:
  - base
  - d
Properties:
  - Name: ClientId
    Value: ${CLIENT_ID}
  - Name: C
";

#[test]
fn a_configuration_is_completed_from_the_guide() {
    let mut editor = Editor::open(&new(), &[("pipedrive.connector.yaml", CONFIGURATION)]);
    let name = "pipedrive.connector.yaml";
    let text = editor.show(name);
    let properties = editor.at("textDocument/completion", name, &text, "C\n");
    assert_eq!(labels(&properties), ["ClientSecret"]);
    let scopes = editor.at("textDocument/completion", name, &text, "d\nProperties");
    assert!(labels(&scopes).iter().any(|scope| scope.starts_with("deals:")), "{scopes:#?}");
    assert!(!labels(&scopes).contains(&"base"), "what is there is left out");
    let connectors = editor.at("textDocument/completion", name, &text, "pipedrive-oauth");
    assert!(labels(&connectors).contains(&"pipedrive-oauth-connector"));
    let callback = editor.at("textDocument/completion", name, &text, "x\nScopes");
    assert_eq!(labels(&callback), ["https://acme-h.cyclr.com/connector/callback"]);
    let hover = editor.at("textDocument/hover", name, &text, "ClientId");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("required"), "{hover:#?}");
    let symbols = editor.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": editor.uri(name) } }));
    assert_eq!(symbols[0]["name"], "Connector");
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn secrets_are_not_sent() {
    let secret = "3f1c9a7de0b24c55a8d7e6f901b2c3d4";
    let text = format!("{CONFIGURATION}  - Name: ClientSecret\n    Value: {secret}\n");
    let mut editor = Editor::open(&new(), &[("pipedrive.connector.yaml", &text)]);
    let name = "pipedrive.connector.yaml";
    editor.show(name);
    let found = editor.pulled(name);
    assert!(rules(&found).contains(&"config/literal-secret"), "{found:#?}");
    assert!(!serde_json::to_string(&found).unwrap().contains(secret));
    let hover = editor.at("textDocument/hover", name, &text, secret);
    assert!(!hover.to_string().contains(secret));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn a_fault_ends_one_answer_and_not_the_session() {
    let mut editor = Editor::open(&new(), &site());
    editor.show_text("acme.md", &format!("{GUIDE}\nconnlint-test: fault\n"));
    assert_eq!(rules(&editor.pulled("acme.md")), ["internal/panic"]);
    let document = json!({ "uri": editor.uri("acme.md") });
    let response = editor.respond("textDocument/documentSymbol", json!({ "textDocument": document }));
    assert_eq!(response.response_result.unwrap_err().code, -32603);
    editor.replace("acme.md", 2, GUIDE);
    assert!(rules(&editor.pulled("acme.md")).contains(&"guide/doubled-word"));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn a_client_that_vanishes_ends_the_server() {
    let mut editor = Editor::open(&old(), &site());
    let server = editor.server.take().unwrap();
    drop(editor);
    assert_eq!(server.join().unwrap(), End::Abrupt);
}

#[test]
fn unknown_requests_are_refused() {
    let mut editor = Editor::open(&old(), &site());
    let response = editor.respond("textDocument/rename", json!({}));
    assert_eq!(response.response_result.unwrap_err().code, -32601);
    let response = editor.respond("textDocument/hover", json!({}));
    assert_eq!(response.response_result.unwrap_err().code, -32602);
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn the_editor_decides_what_is_shown() {
    let options = json!({ "severity": "error", "completion": false });
    let mut editor = Editor::with_options(&new(), &options, &site());
    assert!(editor.capabilities["completionProvider"].is_null());
    editor.show("acme.md");
    let found = editor.pulled("acme.md");
    assert!(found.iter().all(|found| found["severity"] == 1), "{found:#?}");
    assert!(!found.is_empty());
    assert_eq!(editor.end(), End::Clean);
}
