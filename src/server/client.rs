//! What the client can do, what it wants, and what the server offers it.

use lsp_types as t;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::positions::Encoding;
use crate::diagnostic::Severity;

/// The kind of action that applies all safe fixes of a document.
pub(super) const FIX_ALL: &str = "source.fixAll.connlint";

/// The section of the client's settings.
const SECTION: &str = "connlint";

/// Options that an editor's extension has for itself.
const OF_EXTENSION: [&str; 3] = ["importStrategy", "path", "trace"];

/// The names of the options.
const NAMES: [&str; 8] =
    ["settings", "severity", "scope", "unsafeFixes", "completion", "hover", "navigation", "symbols"];

/// What the editor's settings decide: what is shown. What is found is decided by `connlint.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct Options {
    /// A settings file to use instead of the nearest `connlint.toml`.
    pub(super) settings: Option<std::path::PathBuf>,
    /// Findings below this severity are not shown.
    pub(super) severity: Option<Severity>,
    /// Whether only open files or whole folders have diagnostics.
    pub(super) scope: Scope,
    /// Whether fixes that need review are offered.
    pub(super) unsafe_fixes: UnsafeFixes,
    pub(super) completion: bool,
    pub(super) hover: bool,
    pub(super) navigation: bool,
    pub(super) symbols: bool,
}

/// Which files have diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Scope {
    #[default]
    Open,
    Site,
}

/// Whether fixes that need review are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum UnsafeFixes {
    #[default]
    Offer,
    Hide,
}

impl Default for Options {
    fn default() -> Self {
        let (settings, severity, scope, unsafe_fixes) = Default::default();
        Self { settings, severity, scope, unsafe_fixes, completion: true, hover: true, navigation: true, symbols: true }
    }
}

impl Options {
    /// Reads options, and what is wrong with them; `None` for null, which clients answer where nothing is set. Those that
    /// cannot be read have their defaults.
    pub(super) fn read(value: &Value) -> Option<(Self, Vec<String>)> {
        let value = value.get(SECTION).unwrap_or(value);
        if value.is_null() {
            return None;
        }
        let Some(members) = value.as_object() else {
            return Some((Self::default(), vec!["expected an object".to_owned()]));
        };
        let (mut known, mut problems) = (Map::new(), Vec::new());
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            // Settings of the extension itself, and sections of others.
            if OF_EXTENSION.contains(&name.as_str()) || value.is_object() {
                continue;
            }
            if !NAMES.contains(&name.as_str()) {
                problems.push(format!("unknown option `{name}`"));
                continue;
            }
            match serde_json::from_value::<Self>(json!({ name: value })) {
                Ok(_) => drop(known.insert(name.clone(), value.clone())),
                Err(error) => problems.push(format!("`{name}`: {error}")),
            }
        }
        Some((serde_json::from_value(known.into()).unwrap_or_default(), problems))
    }
}

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) options: Options,
    /// Whether it asks for diagnostics; they are sent to it otherwise.
    pub(super) pulls: bool,
    /// Whether the client asks again on request.
    pub(super) refreshes: bool,
    pub(super) related_information: bool,
    pub(super) snippet_edits: bool,
    pub(super) document_changes: bool,
    watches: bool,
    configures: bool,
}

impl Client {
    pub(super) fn new(params: &t::InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let (workspace, document) = (capabilities.workspace.as_ref(), capabilities.text_document.as_ref());
        let encodings = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let pulled = document.and_then(|document| document.diagnostic.as_ref());
        let pushed = document.and_then(|document| document.publish_diagnostics.as_ref());
        let diagnostics = pulled.map(|pulled| &pulled.diagnostics_capabilities);
        let diagnostics = diagnostics.or(pushed.map(|pushed| &pushed.diagnostics_capabilities));
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let refreshed = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
        let options = params.initialization_options.as_ref().and_then(Options::read);
        Self {
            encoding: Encoding::best(encodings.unwrap_or_default()),
            options: options.map(|(options, _)| options).unwrap_or_default(),
            pulls: pulled.is_some(),
            refreshes: refreshed.and_then(|refreshed| refreshed.refresh_support) == Some(true),
            related_information: diagnostics.and_then(|diagnostics| diagnostics.related_information) == Some(true),
            snippet_edits: edit.and_then(|edit| edit.snippet_edit_support) == Some(true),
            document_changes: edit.and_then(|edit| edit.document_changes) == Some(true),
            watches: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
            configures: workspace.and_then(|workspace| workspace.configuration) == Some(true),
        }
    }

    /// What the server can do for this client.
    pub(super) fn server_capabilities(&self) -> t::ServerCapabilities {
        let options = &self.options;
        let triggers = ["(", "#", "/", "-", ":", "\"", " "];
        let synchronization = t::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(t::TextDocumentSyncKind::Incremental),
            save: Some(t::SaveOptions { include_text: Some(false) }.into()),
            ..Default::default()
        };
        let folders =
            t::WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(true.into()) };
        let workspace = t::WorkspaceOptions { workspace_folders: Some(folders), ..Default::default() };
        let actions = t::CodeActionOptions {
            code_action_kinds: Some(vec![t::CodeActionKind::QuickFix, FIX_ALL.to_owned().into()]),
            ..Default::default()
        };
        let diagnostics = t::DiagnosticOptions {
            identifier: Some("connlint".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: t::WorkDoneProgressOptions::default(),
        };
        let completion = t::CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..Default::default()
        };
        let links = t::DocumentLinkOptions { resolve_provider: Some(false), ..Default::default() };
        t::ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(synchronization.into()),
            workspace: Some(workspace),
            code_action_provider: Some(actions.into()),
            diagnostic_provider: self.pulls.then(|| diagnostics.into()),
            completion_provider: options.completion.then_some(completion),
            hover_provider: options.hover.then(|| true.into()),
            definition_provider: options.navigation.then(|| true.into()),
            references_provider: options.navigation.then(|| true.into()),
            document_link_provider: options.navigation.then_some(links),
            document_symbol_provider: options.symbols.then(|| true.into()),
            workspace_symbol_provider: options.symbols.then(|| true.into()),
            ..Default::default()
        }
    }

    /// The request to be notified of changes of files, any of which a check may read; `None` for clients that cannot.
    pub(super) fn watch_registration(&self) -> Option<Value> {
        let registration = json!({
            "id": "connlint-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
        });
        self.watches.then(|| json!({ "registrations": [registration] }))
    }

    /// The request for the editor's settings; `None` for clients that do not answer it.
    pub(super) fn settings_question(&self) -> Option<t::ConfigurationParams> {
        let item = t::ConfigurationItem { section: Some(SECTION.to_owned()), ..Default::default() };
        self.configures.then(|| t::ConfigurationParams { items: vec![item] })
    }
}

/// A message for the client's log.
pub(super) fn log(message: &str) -> t::LogMessageParams {
    t::LogMessageParams { kind: t::MessageType::Warning, message: message.to_owned() }
}
