//! The files that one settings file governs, ready to be checked with the unsaved texts of the open ones.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::documents::{Document, Documents};
use crate::baseline::{Baseline, Matcher};
use crate::config::Config;
use crate::engine::{self, Checked, Filter};
use crate::guide::Guide;
use crate::project::{self, BASELINE_NAME, Loaded};
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::tree::Problem;
use crate::workspace::{self, FileKind, InMemory, Named, Options, Workspace};

/// What a checker is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The settings file that governs the files, if there is one.
    pub(super) settings: Option<PathBuf>,
    /// The folder whose files are known; `None` for open files outside of the client's folders.
    pub(super) folder: Option<PathBuf>,
}

/// Files under one settings file.
pub(super) struct Checker {
    pub(super) settings: Settings,
    /// The text of the settings file.
    pub(super) settings_text: Option<String>,
    baseline: Option<Arc<Baseline>>,
    pub(super) workspace: Workspace,
}

/// Why there is no checker.
pub(super) enum Failure {
    Settings(Box<SourceFile>, Vec<Problem>),
    /// Something that the settings name cannot be used, or files cannot be read.
    Other(String),
}

impl From<project::Error> for Failure {
    fn from(error: project::Error) -> Self {
        match error {
            project::Error::Settings(source, problems) => Self::Settings(source, problems),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<workspace::Error> for Failure {
    fn from(error: workspace::Error) -> Self {
        Self::Other(error.to_string())
    }
}

impl Checker {
    /// Reads the settings and the heads of all pages. `documents` are those that this checker is for.
    pub(super) fn open<'d>(
        place: &Place,
        settings_text: Option<&str>,
        documents: impl Iterator<Item = &'d Document>,
    ) -> Result<Self, Failure> {
        let mut loaded = match (&place.settings, settings_text) {
            (Some(path), Some(text)) => {
                let source = SourceFile::new(FileId::default(), workspace::display_path(path), text);
                Loaded::from_source(source)?
            }
            (Some(path), None) => Loaded::read(path)?,
            (None, _) => Loaded::default(),
        };
        match (&place.settings, &place.folder) {
            (Some(_), _) => loaded.add_baseline(),
            (None, Some(folder)) => {
                let path = folder.join(BASELINE_NAME);
                loaded.settings.baseline = workspace::is_file(&path).then_some(path);
            }
            (None, None) => {}
        }
        let options = Options { named: Named::AsFound, ..project::options(&loaded)? };
        let memory: Vec<InMemory> = documents
            .map(|document| (document.path.to_string_lossy().into_owned(), document.text.clone().into_bytes()))
            .collect();
        let folders: Vec<PathBuf> = place.folder.iter().cloned().collect();
        let workspace = Workspace::open(options, &folders, memory)?;
        let baseline = loaded.settings.baseline.as_deref().map(project::baseline).transpose()?;
        let settings_text = loaded.source.map(|source| source.text().to_owned());
        Ok(Self { settings: loaded.settings, settings_text, baseline: baseline.map(Arc::new), workspace })
    }

    /// The file at `path`, if it is one of these.
    pub(super) fn file(&self, path: &Path) -> Option<FileId> {
        self.workspace.find_file(path)
    }

    /// Takes the text of a document that is one of these files. Returns whether that was possible: in a pack all files
    /// are joined again, and a new file has to be found first.
    pub(super) fn update(&mut self, document: &Document) -> bool {
        let Some(id) = self.file(&document.path) else { return false };
        self.workspace.pack().is_none() && self.workspace.replace(id, document.text.clone().into_bytes()).is_ok()
    }

    /// Checks a file; `None` for other files.
    pub(super) fn check(&self, id: FileId) -> Option<Checked> {
        if !self.workspace.file(id).checked {
            return None;
        }
        let source = self.workspace.source(id).ok()?;
        let baseline = self.baseline.clone().map(|baseline| Matcher::new(baseline, workspace::is_file));
        let mut filter = Filter { baseline, ..Filter::default() };
        engine::check_filtered(&self.workspace, &self.settings, &source, &mut filter)
    }

    /// Checks another text as that of a file, without the baseline.
    pub(super) fn check_text(&self, id: FileId, text: &str) -> Option<Checked> {
        let source = Arc::new(SourceFile::new(id, self.workspace.display(id), text));
        engine::check_source(&self.workspace, &self.settings, source)
    }

    /// A page, read; `None` for other files.
    pub(super) fn guide(&self, id: FileId) -> Option<Guide> {
        let is_page = matches!(self.workspace.file(id).kind, FileKind::Guide(_) | FileKind::Page);
        self.workspace.source(id).ok().filter(|_| is_page).map(|source| self.workspace.guide(source))
    }

    /// A configuration, read; `None` for other files.
    pub(super) fn config(&self, id: FileId) -> Option<Config> {
        let is_config = matches!(self.workspace.file(id).kind, FileKind::Yaml | FileKind::Json);
        let source = self.workspace.source(id).ok().filter(|_| is_config)?;
        Some(engine::config(&self.workspace, &self.settings, source))
    }

    /// A file with its secrets marked.
    pub(super) fn source(&self, id: FileId) -> Arc<SourceFile> {
        let source = engine::source(&self.workspace, &self.settings, id);
        // A file that vanished since it was indexed has no text.
        source.unwrap_or_else(|_| Arc::new(SourceFile::new(id, self.workspace.display(id), "")))
    }
}

/// Which checker a file belongs to. `folders` are those of the client; `settings` replaces the nearest settings file.
pub(super) fn place_of(path: &Path, folders: &[PathBuf], settings: Option<&Path>, documents: &Documents) -> Place {
    let folder = folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let settings = match settings {
        Some(settings) => Some(folder.map_or_else(|| settings.to_owned(), |folder| folder.join(settings))),
        None => nearest_settings(path, documents),
    };
    let own = settings.as_deref().and_then(Path::parent);
    // Settings above the client's folder govern files that the client does not know.
    let inner = folder.map(|folder| own.filter(|own| own.starts_with(folder)).unwrap_or(folder).to_owned());
    Place { settings, folder: inner }
}

/// The nearest settings file on disk or among the open documents.
fn nearest_settings(path: &Path, documents: &Documents) -> Option<PathBuf> {
    let above = path.ancestors().skip(1).map(|folder| folder.join(crate::settings::FILE_NAME));
    above.into_iter().find(|path| documents.get(path).is_some() || workspace::is_file(path))
}

/// The documents that a checker is for.
pub(super) fn documents_of<'d>(
    place: &'d Place,
    documents: &'d Documents,
    folders: &'d [PathBuf],
    settings: Option<&'d Path>,
) -> impl Iterator<Item = &'d Document> + use<'d> {
    documents.iter().filter(move |document| place_of(&document.path, folders, settings, documents) == *place)
}
