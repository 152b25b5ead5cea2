//! What the language server makes of mistakes: of the client, in the settings of the editor, and in `connlint.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files that are opened and may panic"
)]

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use connlint::testing::server::{End, serve};

use crate::support::editor::{Editor, new, old};
use crate::support::program::{folder, run_with};

const CONFIG: &str = "Connector: pipedrive-connector\nAuthType: Apikey\nAuthValue: ${K}\n";

const SECRET: &str = "kestrelTern41Zq9";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![("_config.yml", "title: docs\n"), ("a.connector.yaml", CONFIG)]
}

fn count(diagnostics: &Value) -> usize {
    diagnostics.as_array().unwrap().len()
}

fn message(body: &Value) -> String {
    let body = body.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

fn initialize() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } })
}

fn opened() -> Value {
    let text = format!("AuthValue: {SECRET}\n");
    let document = json!({ "uri": "file:///x.connector.yaml", "languageId": "yaml", "version": 1, "text": text });
    json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } })
}

#[test]
fn an_invalid_message_ends_the_server_without_its_text() {
    let folder = folder(&[]);
    let cut = message(&opened()).replace("\"jsonrpc\"", "jsonrpcX\"");
    for invalid in [cut.as_str(), "Foo\r\n\r\n", "Content-Length: -4\r\n\r\n"] {
        let input = format!("{}{invalid}", message(&initialize()));
        let ended = run_with(folder.path(), &["server"], &input);
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.starts_with("error: invalid message from the editor") && !ended.stderr.contains(SECRET));
    }
}

#[test]
fn a_message_that_comes_early_is_not_repeated() {
    let folder = folder(&[]);
    for early in [opened(), json!({ "jsonrpc": "2.0", "id": 2, "method": SECRET, "params": { "text": SECRET } })] {
        for input in [message(&early) + &message(&initialize()), message(&initialize()) + &message(&early)] {
            let ended = run_with(folder.path(), &["server"], &input);
            assert!(!ended.stderr.contains(SECRET), "{ended:?}");
        }
    }
}

#[test]
fn a_request_before_the_session_is_refused_and_the_session_begins() {
    let (client, other) = Connection::memory();
    let server = std::thread::spawn(move || serve(&other));
    let ask = |id: i32, method: &str| {
        let request = Request::new(RequestId::from(id), method.to_owned(), json!({ "capabilities": {}, "query": "" }));
        client.sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = client.receiver.recv().unwrap() {
                return response.response_result;
            }
        }
    };
    assert_eq!(ask(1, "workspace/symbol").unwrap_err().code, -32002);
    assert!(ask(2, "initialize").is_ok());
    assert!(ask(3, "workspace/symbol").is_ok());
    client.sender.send(Notification::new("exit".to_owned(), Value::Null).into()).unwrap();
    assert_eq!(server.join().unwrap(), End::Abrupt);
}

#[test]
fn a_change_with_an_invalid_range_is_skipped() {
    let mut editor = Editor::open(&new(), &files());
    let name = "a.connector.yaml";
    editor.show(name);
    let change = |editor: &Editor, version: i32, range: Value| {
        let document = json!({ "uri": editor.uri(name), "version": version });
        let changes = json!([{ "range": range, "text": "ApiKey" }]);
        editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    };
    let range = |from: (i32, i32), to: (i32, i32)| {
        let place = |(line, character): (i32, i32)| json!({ "line": line, "character": character });
        json!({ "start": place(from), "end": place(to) })
    };
    change(&editor, 2, range((-1, 0), (0, 0)));
    assert_eq!(editor.pulled(name).len(), 1, "the text is as it was");
    // The end comes first.
    change(&editor, 3, range((1, 16), (1, 10)));
    assert_eq!(editor.pulled(name), Vec::<Value>::new());
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn a_mistake_in_the_settings_keeps_the_findings() {
    let mut files = files();
    files.push(("connlint.toml", "severity = \"error\"\n"));
    let mut editor = Editor::open(&old(), &files);
    editor.show("a.connector.yaml");
    assert_eq!(count(&editor.published("a.connector.yaml")["diagnostics"]), 1);
    editor.show("connlint.toml");
    editor.replace("connlint.toml", 2, "severity = \n");
    while count(&editor.published("connlint.toml")["diagnostics"]) == 0 {}
    editor.told.clear();
    editor.replace("a.connector.yaml", 2, &CONFIG.replace("Apikey", "Bsaic"));
    let published = editor.published("a.connector.yaml");
    assert_eq!(count(&published["diagnostics"]), 1, "{published:#?}");
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn settings_that_are_gone_have_no_diagnostics() {
    let mut files = files();
    files.push(("connlint.toml", "severityy = 1\n"));
    let mut editor = Editor::open(&old(), &files);
    editor.show("a.connector.yaml");
    assert_eq!(count(&editor.published("connlint.toml")["diagnostics"]), 1);
    std::fs::remove_file(editor.path("connlint.toml")).unwrap();
    assert_eq!(count(&editor.published("connlint.toml")["diagnostics"]), 0);
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn settings_that_were_never_saved_count() {
    let mut editor = Editor::open(&new(), &files());
    editor.show("a.connector.yaml");
    assert_eq!(editor.pulled("a.connector.yaml").len(), 1);
    editor.show_text("connlint.toml", "[rules]\n\"config/invalid-value\" = \"off\"\n");
    assert_eq!(editor.pulled("a.connector.yaml").len(), 0);
    editor.replace("connlint.toml", 2, "severityy = 1\n");
    assert_eq!(editor.pulled("connlint.toml").len(), 1);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("connlint.toml") } }));
    assert_eq!(editor.pulled("a.connector.yaml").len(), 1);
    assert_eq!(editor.end(), End::Clean);
}

#[test]
fn one_bad_option_leaves_the_others() {
    let options = json!({ "severity": "infos", "hover": false, "sevrity": "info" });
    let mut editor = Editor::with_options(&old(), &options, &files());
    assert!(editor.capabilities["hoverProvider"].is_null(), "a good option counts");
    editor.show("a.connector.yaml");
    editor.published("a.connector.yaml");
    editor.request("workspace/symbol", json!({ "query": "" }));
    let logged = |part: &str| {
        editor.told.iter().any(|told| told.method == "window/logMessage" && told.params.to_string().contains(part))
    };
    assert!(logged("`infos`") && logged("unknown option `sevrity`"), "{:#?}", editor.told);
    assert_eq!(editor.end(), End::Clean);
}
