//! What the server knows: the client's folders, its open documents, and the checkers of their files.

mod news;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types as t;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::checker::{Checker, Failure, Place, documents_of, place_of};
use super::client::{Client, Options, Scope};
use super::diagnostics;
use super::documents::{Document, Documents, file_path, path_of};
use super::positions::Lines;
use crate::file_events::is_watched;
use crate::settings;
use crate::source::FileId;

pub(super) struct Session {
    pub(super) client: Client,
    /// The options that are in force where the client's settings have none.
    initial_options: Options,
    folders: Vec<PathBuf>,
    pub(super) documents: Documents,
    checkers: BTreeMap<Place, Checker>,
    /// Settings files that cannot be used, and what is wrong with them.
    broken_settings: BTreeMap<PathBuf, Vec<t::Diagnostic>>,
    /// The texts of settings files when they could last be used.
    good_settings: BTreeMap<PathBuf, String>,
    /// Files whose diagnostics the client has and that it will not forget on its own.
    published: BTreeSet<PathBuf>,
    /// Documents whose text changed since diagnostics were last sent.
    changed: BTreeSet<PathBuf>,
    /// Whether other files may have changed, so that all diagnostics have to be made again.
    all_changed: bool,
    log: Vec<String>,
}

/// An open document that a checker knows.
pub(super) struct Open<'s> {
    pub(super) session: &'s Session,
    pub(super) checker: &'s Checker,
    pub(super) id: FileId,
    pub(super) document: &'s Document,
    pub(super) lines: Lines,
}

impl Session {
    pub(super) fn new(client: Client, params: &t::InitializeParams) -> Self {
        let folders = match &params.workspace_folders_initialize_params.workspace_folders {
            Some(t::WorkspaceFolders::WorkspaceFolderList(folders)) => {
                folders.iter().filter_map(|folder| file_path(&folder.uri)).collect()
            }
            #[allow(deprecated, reason = "older clients have nothing else")]
            _ => params.root_uri.iter().filter_map(file_path).collect(),
        };
        let options = params.initialization_options.as_ref().and_then(Options::read);
        let is_of_site = client.options.scope == Scope::Site;
        Self {
            initial_options: client.options.clone(),
            client,
            folders,
            documents: Documents::default(),
            checkers: BTreeMap::new(),
            broken_settings: BTreeMap::new(),
            good_settings: BTreeMap::new(),
            published: BTreeSet::new(),
            changed: BTreeSet::new(),
            all_changed: is_of_site,
            log: options.map(|(_, problems)| problems).iter().flatten().map(|problem| unusable(problem)).collect(),
        }
    }

    /// The folders that the client has open.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Takes a notification. Returns whether the client's settings have to be asked for again.
    pub(super) fn notify(&mut self, method: &str, params: Value) -> bool {
        match method {
            "textDocument/didOpen" => self.with(method, params, Self::opened),
            // What is left of a change without its range would be read as a whole text.
            "textDocument/didChange" if has_invalid_range(&params) => self.log.push(invalid(method)),
            "textDocument/didChange" => self.with(method, params, Self::edited),
            "textDocument/didClose" => self.with(method, params, |session, params| session.closed(&params)),
            "textDocument/didSave" => self.saved(),
            "workspace/didChangeWatchedFiles" => self.with(method, params, |session, params| session.watched(&params)),
            "workspace/didChangeWorkspaceFolders" => {
                self.with(method, params, |session, params| session.moved(&params));
            }
            "workspace/didChangeConfiguration" => {
                if self.client.settings_question().is_some() {
                    return true;
                }
                self.configure(params.get("settings"));
            }
            _ => {}
        }
        false
    }

    /// Takes the parameters of a notification. The log has no text of those that cannot be read.
    fn with<T: DeserializeOwned>(&mut self, method: &str, params: Value, take: impl FnOnce(&mut Self, T)) {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(_) => self.log.push(invalid(method)),
        }
    }

    fn opened(&mut self, params: t::DidOpenTextDocumentParams) {
        let t::TextDocumentItem { uri, language_id, version, text } = params.text_document;
        let folder = self.folders.first().cloned().unwrap_or_default();
        let language = serde_json::to_value(&language_id).unwrap_or_default();
        let path = path_of(&uri, language.as_str().unwrap_or_default(), &folder);
        self.documents.open(Document { uri, path: path.clone(), version, text });
        self.take_in(&path);
    }

    fn edited(&mut self, params: t::DidChangeTextDocumentParams) {
        let encoding = self.client.encoding;
        let Some(path) = self.path(&params.text_document.text_document_identifier.uri) else { return };
        let Some(document) = self.documents.get_mut(&path) else { return };
        document.change(params.text_document.version, params.content_changes, encoding);
        self.take_in(&path);
    }

    fn closed(&mut self, params: &t::DidCloseTextDocumentParams) {
        let Some(path) = self.path(&params.text_document.uri) else { return };
        self.documents.close(&path);
        // The text on disk counts again.
        self.files_changed();
    }

    fn saved(&mut self) {
        self.all_changed |= self.client.options.scope == Scope::Site;
    }

    fn watched(&mut self, params: &t::DidChangeWatchedFilesParams) {
        let mut paths = params.changes.iter().filter_map(|change| file_path(&change.uri));
        if paths.any(|path| is_watched(&path)) {
            self.files_changed();
        }
    }

    /// Files changed on disk: everything is read again when it is needed.
    pub(super) fn files_changed(&mut self) {
        self.checkers.clear();
        self.broken_settings.clear();
        self.all_changed = true;
    }

    fn moved(&mut self, params: &t::DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> = params.event.removed.iter().filter_map(|folder| file_path(&folder.uri)).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(params.event.added.iter().filter_map(|folder| file_path(&folder.uri)));
        self.files_changed();
    }

    /// Takes the editor's settings.
    pub(super) fn configure(&mut self, value: Option<&Value>) {
        let Some(value) = value else { return };
        let (options, problems) = Options::read(value).unwrap_or_else(|| (self.initial_options.clone(), Vec::new()));
        self.log.extend(problems.iter().map(|problem| unusable(problem)));
        if options != self.client.options {
            self.client.options = options;
            self.files_changed();
        }
    }

    /// Gives the text of a document to the checker that knows its file.
    fn take_in(&mut self, path: &Path) {
        self.changed.insert(path.to_owned());
        if path.file_name().is_some_and(|name| name == settings::FILE_NAME) {
            self.files_changed();
            return;
        }
        let place = self.place(path);
        let (Some(document), Some(checker)) = (self.documents.get(path), self.checkers.get_mut(&place)) else { return };
        if !checker.update(document) {
            self.checkers.remove(&place);
        }
    }

    fn place(&self, path: &Path) -> Place {
        place_of(path, &self.folders, self.client.options.settings.as_deref(), &self.documents)
    }

    /// The file of an address that the client sent.
    pub(super) fn path(&self, uri: &t::Uri) -> Option<PathBuf> {
        let open = || self.documents.iter().find(|document| document.uri == *uri).map(|document| document.path.clone());
        open().or_else(|| file_path(uri))
    }

    /// The checker of a file, opened if it is not yet. While there is a mistake in its settings, they are as they were.
    fn checker(&mut self, place: &Place) -> Option<&Checker> {
        if !self.checkers.contains_key(place) {
            let buffer = place.settings.as_deref().and_then(|path| self.documents.get(path));
            let opened = self.open_checker(place, buffer.map(|document| document.text.as_str()));
            let checker = match opened {
                Ok(checker) => Some(checker),
                Err(failure) => {
                    self.note(place, failure);
                    let before = place.settings.as_ref().and_then(|path| self.good_settings.get(path));
                    before.and_then(|text| self.open_checker(place, Some(text)).ok())
                }
            };
            if let Some(checker) = checker {
                if let (Some(path), Some(text)) = (&place.settings, &checker.settings_text) {
                    self.good_settings.insert(path.clone(), text.clone());
                }
                self.checkers.insert(place.clone(), checker);
            }
        }
        self.checkers.get(place)
    }

    fn open_checker(&self, place: &Place, settings_text: Option<&str>) -> Result<Checker, Failure> {
        let settings = self.client.options.settings.as_deref();
        Checker::open(place, settings_text, documents_of(place, &self.documents, &self.folders, settings))
    }

    /// Keeps what is wrong with settings.
    fn note(&mut self, place: &Place, failure: Failure) {
        let (path, found) = match (failure, &place.settings) {
            (Failure::Settings(source, problems), _) => {
                (PathBuf::from(source.path()), diagnostics::of_settings(&source, &problems, &self.client))
            }
            (Failure::Other(message), Some(path)) => (path.clone(), vec![diagnostics::at_start(&message)]),
            (Failure::Other(message), None) => {
                self.log.push(message);
                return;
            }
        };
        self.broken_settings.insert(path, found);
    }

    /// The document that a request is about; `None` if it is not open or no checker knows its file.
    pub(super) fn open(&mut self, document: &t::TextDocumentIdentifier) -> Option<Open<'_>> {
        let path = self.path(&document.uri)?;
        let place = self.place(&path);
        self.checker(&place)?;
        let session = &*self;
        let checker = session.checkers.get(&place)?;
        let id = checker.file(&path)?;
        let document = session.documents.get(&path)?;
        let lines = Lines::new(&document.text, session.client.encoding);
        Some(Open { session, checker, id, document, lines })
    }

    /// The document that a request about a position is about, and the byte of its text.
    pub(super) fn at(&mut self, at: &t::TextDocumentPositionParams) -> Option<(Open<'_>, usize)> {
        let open = self.open(&at.text_document)?;
        let offset = open.lines.offset(&open.document.text, at.position);
        Some((open, offset))
    }

    /// The checkers of the client's folders.
    pub(super) fn checkers_of_folders(&mut self) -> Vec<&Checker> {
        let places: Vec<Place> = self.folders.iter().map(|folder| self.place(&folder.join("x"))).collect();
        for place in &places {
            self.checker(place);
        }
        self.checkers.values().collect()
    }

    /// The diagnostics of a file, and the version of its text if it is open.
    pub(super) fn diagnostics(&mut self, path: &Path) -> (Vec<t::Diagnostic>, Option<i32>) {
        let version = self.documents.get(path).map(|document| document.version);
        if path.file_name().is_some_and(|name| name == settings::FILE_NAME) {
            self.checker(&self.place(path));
            return (self.broken_settings.get(path).cloned().unwrap_or_default(), version);
        }
        let place = self.place(path);
        self.checker(&place);
        let found = self.checkers.get(&place).and_then(|checker| {
            let id = checker.file(path)?;
            let checked = checker.check(id)?;
            Some(diagnostics::of(&checked, checker, &self.documents, &self.client))
        });
        (found.unwrap_or_default(), version)
    }

    /// All files that have diagnostics: those of the client's folders, and the open ones.
    pub(super) fn all_files(&mut self) -> BTreeSet<PathBuf> {
        let mut paths: BTreeSet<PathBuf> = self.documents.iter().map(|document| document.path.clone()).collect();
        if self.client.options.scope == Scope::Site {
            for checker in self.checkers_of_folders() {
                let workspace = &checker.workspace;
                paths.extend(workspace.checked().map(|id| workspace.file(id).path.to_path_buf()));
            }
        }
        paths
    }
}

fn unusable(message: &str) -> String {
    format!("skipped a setting of the editor: {message}")
}

fn invalid(method: &str) -> String {
    format!("skipped `{method}`: invalid parameters")
}

/// Whether a change of a document names a range that cannot be read.
fn has_invalid_range(params: &Value) -> bool {
    let is_invalid = |change: &Value| !change["range"].is_null() && t::Range::deserialize(&change["range"]).is_err();
    params["contentChanges"].as_array().is_some_and(|changes| changes.iter().any(is_invalid))
}
