//! An editor for tests of the language server.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files that are opened and may panic"
)]

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use connlint::testing::server::{End, serve};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An editor in the same process.
pub(crate) struct Editor {
    connection: Connection,
    pub(crate) server: Option<JoinHandle<End>>,
    folder: TempDir,
    requests: i32,
    /// Notifications that arrived while an answer was awaited.
    pub(crate) told: Vec<Notification>,
    /// What the server asked for.
    pub(crate) asked: Vec<Request>,
    pub(crate) capabilities: Value,
}

/// What older editors can do: diagnostics are sent to them, columns are counted in UTF-16.
pub(crate) fn old() -> Value {
    json!({ "textDocument": { "publishDiagnostics": {} } })
}

/// What newer editors can do.
pub(crate) fn new() -> Value {
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
    pub(crate) fn open(capabilities: &Value, files: &[(&str, &str)]) -> Self {
        Self::with_options(capabilities, &Value::Null, files)
    }

    pub(crate) fn with_options(capabilities: &Value, options: &Value, files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || serve(&other));
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

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().canonicalize().unwrap();
        if name.is_empty() { folder } else { folder.join(name) }
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        url::Url::from_file_path(self.path(name)).unwrap().into()
    }

    pub(crate) fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    pub(crate) fn receive(&self) -> Message {
        self.connection.receiver.recv_timeout(Duration::from_secs(20)).unwrap()
    }

    pub(crate) fn respond(&mut self, method: &str, params: Value) -> Response {
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

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.respond(method, params).response_result.unwrap()
    }

    /// Opens a file with the text that it has on disk.
    pub(crate) fn show(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        self.show_text(name, &text);
        text
    }

    pub(crate) fn show_text(&self, name: &str, text: &str) {
        let language = if Path::new(name).extension().is_some_and(|end| end == "md") { "markdown" } else { "yaml" };
        let document = json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn replace(&self, name: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// The diagnostics that are sent for a file next.
    pub(crate) fn published(&mut self, name: &str) -> Value {
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

    pub(crate) fn pulled(&mut self, name: &str) -> Vec<Value> {
        let document = json!({ "uri": self.uri(name) });
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": document }));
        report["items"].as_array().unwrap().clone()
    }

    pub(crate) fn actions(&mut self, name: &str, line: u32, only: &Value) -> Vec<Value> {
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
    pub(crate) fn at(&mut self, method: &str, name: &str, text: &str, sought: &str) -> Value {
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

    pub(crate) fn end(mut self) -> End {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

/// The text with the edits of an action, which are in one document.
pub(crate) fn edited(text: &str, action: &Value) -> String {
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
