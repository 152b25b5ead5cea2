//! The language server, spoken to as an editor does.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files that are opened and may panic"
)]

use connlint::testing::server::End;
use insta::assert_json_snapshot;
use lsp_server::Message;
use serde_json::{Value, json};

use crate::support::editor::{Editor, edited, new, old};

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

pub(crate) fn site() -> Vec<(&'static str, &'static str)> {
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
    assert!(editor.asked.iter().any(|asked| asked.method == "workspace/configuration"));
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
    assert_eq!(symbols[0]["location"]["range"]["start"]["line"], 0);
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

#[test]
fn each_folder_has_its_own_settings() {
    let mut files = site();
    files.push(("connlint.toml", "ignore = [\"guide/doubled-word\"]\n"));
    files.push(("strict/connlint.toml", "select = [\"guide/doubled-word\"]\n"));
    files.push(("strict/acme.md", GUIDE));
    let mut editor = Editor::open(&new(), &files);
    editor.show("acme.md");
    assert!(!rules(&editor.pulled("acme.md")).contains(&"guide/doubled-word"), "the folder's settings count");
    editor.show("strict/acme.md");
    assert_eq!(rules(&editor.pulled("strict/acme.md")), ["guide/doubled-word"], "the nearest settings count");
    let other = Editor::open(&new(), &site());
    let folder = json!({ "uri": other.uri(""), "name": "other" });
    let event = json!({ "added": [folder], "removed": [] });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    let found = editor.request("workspace/symbol", json!({ "query": "zest" }));
    assert_eq!(found.as_array().unwrap().len(), 2, "one for each folder: {found:#?}");
    assert_eq!((editor.end(), other.end()), (End::Clean, End::Clean));
}

#[test]
fn a_document_without_a_file_is_checked() {
    let mut editor = Editor::open(&new(), &site());
    let document = json!({ "uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": GUIDE });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let report = editor.request("textDocument/diagnostic", json!({ "textDocument": { "uri": "untitled:Untitled-1" } }));
    assert!(rules(report["items"].as_array().unwrap()).contains(&"guide/doubled-word"), "{report:#?}");
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn columns_are_counted_as_the_client_counts() {
    let text = GUIDE.replace("Open the the", "Op\u{1d4b3}n the the");
    for (capabilities, column) in [(new(), 10), (old(), 8)] {
        let mut editor = Editor::open(&capabilities, &site());
        editor.show_text("acme.md", &text);
        let found = if capabilities == new() {
            editor.pulled("acme.md")
        } else {
            editor.published("acme.md")["diagnostics"].as_array().unwrap().clone()
        };
        let word = found.iter().find(|found| found["code"] == "guide/doubled-word").unwrap();
        let start = &word["range"]["start"];
        assert_eq!((start["line"].as_u64(), start["character"].as_u64()), (Some(10), Some(column + 1)));
        assert_eq!(editor.end(), End::Clean);
    }
}

#[test]
fn all_files_have_diagnostics_if_the_editor_asks_for_the_site() {
    let mut editor = Editor::with_options(&old(), &json!({ "scope": "site" }), &site());
    let first = editor.published("acme.md");
    assert!(rules(first["diagnostics"].as_array().unwrap()).contains(&"guide/doubled-word"), "before any is open");
    editor.show("zest.md");
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("zest.md") } }));
    let published = editor.published("acme.md");
    assert!(rules(published["diagnostics"].as_array().unwrap()).contains(&"guide/doubled-word"));
    let mut editor = Editor::with_options(&new(), &json!({ "scope": "site" }), &site());
    let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = report["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["uri"] == editor.uri("acme.md").as_str()), "{report:#?}");
    let known: Vec<Value> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": known }));
    assert_eq!(report["items"], json!([]), "nothing is new");
    assert_eq!(editor.end(), End::Clean);
}

/// The next message to the log.
fn logged(editor: &mut Editor) -> String {
    loop {
        if let Some(at) = editor.told.iter().position(|told| told.method == "window/logMessage") {
            return editor.told.remove(at).params["message"].as_str().unwrap().to_owned();
        }
        if let Message::Notification(notification) = editor.receive() {
            editor.told.push(notification);
        }
    }
}

#[test]
fn options_that_cannot_be_read_are_logged() {
    let options = json!({ "severity": "warn", "hover": false });
    let mut editor = Editor::with_options(&new(), &options, &site());
    editor.show("acme.md");
    assert!(logged(&mut editor).contains("`warn`"));
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn settings_of_the_editor_can_be_taken_back() {
    let mut editor = Editor::open(&old(), &site());
    editor.show("acme.md");
    let warnings = |editor: &mut Editor| {
        let published = editor.published("acme.md");
        published["diagnostics"].as_array().unwrap().iter().filter(|found| found["severity"] == 2).count()
    };
    let all = warnings(&mut editor);
    let configure = |editor: &Editor, settings: Value| {
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    };
    configure(&editor, json!({ "connlint": { "severity": "error" } }));
    assert_eq!((all > 0, warnings(&mut editor)), (true, 0));
    configure(&editor, json!({ "connlint": null }));
    assert_eq!(warnings(&mut editor), all);
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn folders_that_are_added_are_watched() {
    let mut editor = Editor::open(&old(), &site());
    let other = Editor::open(&new(), &site());
    let folder = json!({ "uri": other.uri(""), "name": "other" });
    let event = json!({ "added": [folder], "removed": [] });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    let document = json!({ "uri": other.uri("acme.md"), "languageId": "markdown", "version": 1, "text": GUIDE });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let published = |editor: &mut Editor| loop {
        let at = editor.told.iter().position(|told| told.params["uri"] == other.uri("acme.md").as_str());
        if let Some(at) = at {
            let published = editor.told.remove(at).params;
            return rules(published["diagnostics"].as_array().unwrap()).contains(&"guide/doubled-word");
        }
        if let Message::Notification(notification) = editor.receive() {
            editor.told.push(notification);
        }
    };
    assert!(published(&mut editor));
    std::fs::write(other.path("connlint.toml"), "ignore = [\"guide/doubled-word\"]\n").unwrap();
    while published(&mut editor) {}
    assert_eq!((editor.end(), other.end()), (End::Clean, End::Clean));
}

/// Whatever a check may read: the client reports changes of all files but those of Git.
#[test]
fn a_client_that_watches_reports_every_file() {
    let layout = ("_layouts/own.html", "<p id=\"other\"></p>\n");
    let page = GUIDE.replace("linkedpage: false", "layout: own").replace("/zest-information#missing", "#missing");
    let mut editor = Editor::open(&new(), &[("_config.yml", "title: docs\n"), layout, ("acme.md", &page)]);
    editor.show("acme.md");
    let broken = |editor: &mut Editor| rules(&editor.pulled("acme.md")).contains(&"guide/anchor-broken");
    assert!(broken(&mut editor));
    let registered = editor.asked.iter().find(|asked| asked.method == "client/registerCapability").unwrap();
    assert_eq!(
        registered.params["registrations"][0]["registerOptions"],
        json!({ "watchers": [{ "globPattern": "**/*" }] })
    );
    std::fs::write(editor.path("_layouts/own.html"), "<p id=\"missing\"></p>\n").unwrap();
    let changed = |name: &str| json!({ "changes": [{ "uri": editor.uri(name), "type": 2 }] });
    let [git, layout] = [".git/index", "_layouts/own.html"].map(changed);
    editor.notify("workspace/didChangeWatchedFiles", git);
    assert!(broken(&mut editor), "nothing is read again");
    editor.notify("workspace/didChangeWatchedFiles", layout);
    assert!(!broken(&mut editor));
    assert_eq!(editor.end(), End::Clean);
}
