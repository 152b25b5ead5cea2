//! What the client is sent after a change.

use std::path::PathBuf;

use lsp_types as t;

use super::Session;

/// What is to be sent after a change.
#[derive(Default)]
pub(in crate::server) struct News {
    pub(in crate::server) published: Vec<t::PublishDiagnosticsParams>,
    /// Whether the client has to ask for diagnostics again.
    pub(in crate::server) refreshes: bool,
    pub(in crate::server) logged: Vec<String>,
}

impl Session {
    /// The notifications that the client needs after the processed messages.
    pub(in crate::server) fn news(&mut self) -> News {
        let mut news = News::default();
        let all_changed = std::mem::take(&mut self.all_changed);
        let changed = std::mem::take(&mut self.changed);
        if self.client.pulls {
            news.refreshes = self.client.refreshes && all_changed;
        } else if all_changed || !changed.is_empty() {
            // A page can make another one wrong: all open ones are checked again, the changed ones first.
            let open: Vec<PathBuf> = self.documents.iter().map(|document| document.path.clone()).collect();
            let rest = if all_changed { self.all_files() } else { open.into_iter().collect() };
            let rest = rest.into_iter().filter(|path| !changed.contains(path));
            let current: Vec<PathBuf> = changed.iter().cloned().chain(rest).collect();
            news.published = self.publications(&current, all_changed);
        }
        news.logged = std::mem::take(&mut self.log);
        news
    }

    /// The diagnostics of files; with `all`, of those that have none anymore, too.
    fn publications(&mut self, current: &[PathBuf], all: bool) -> Vec<t::PublishDiagnosticsParams> {
        let mut published = Vec::new();
        let before = self.published.clone();
        for path in current {
            let (diagnostics, version) = self.diagnostics(path);
            if diagnostics.is_empty() {
                self.published.remove(path);
            } else {
                self.published.insert(path.clone());
            }
            if let Some(uri) = self
                .documents
                .uri(path)
                .filter(|_| version.is_some() || before.contains(path) || self.published.contains(path))
            {
                published.push(t::PublishDiagnosticsParams { uri, version, diagnostics });
            }
        }
        let settings: Vec<PathBuf> = self.broken_settings.keys().cloned().collect();
        for path in settings.iter().filter(|path| !current.contains(path)) {
            self.published.insert(path.clone());
            let diagnostics = self.broken_settings[path].clone();
            published.extend(self.documents.uri(path).map(|uri| t::PublishDiagnosticsParams {
                uri,
                version: None,
                diagnostics,
            }));
        }
        if all {
            let gone: Vec<PathBuf> =
                before.into_iter().filter(|path| !current.contains(path) && !settings.contains(path)).collect();
            for path in gone {
                self.published.remove(&path);
                let uri = self.documents.uri(&path);
                published.extend(uri.map(|uri| t::PublishDiagnosticsParams {
                    uri,
                    version: None,
                    diagnostics: Vec::new(),
                }));
            }
        }
        published
    }
}
