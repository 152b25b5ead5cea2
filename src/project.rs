//! The settings of a project and what they name: pack, catalogs, baseline.
//!
//! The command line and the language server both start here, so a file is checked the same way by both.

mod options;
mod problems;

use std::path::{Path, PathBuf};

use crate::baseline::Baseline;
use crate::dialect::Dialect;
use crate::report::Format;
use crate::settings::{self, Origin, Settings};
use crate::source::{FileId, SourceFile, Span};
use crate::tree::Problem;
use crate::workspace;

pub use options::{options, pack_file};

/// The name of the baseline that is written and found if none is named.
pub const BASELINE_NAME: &str = "connlint-baseline.json";

/// Why a project cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read.
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
    #[error("{}", problems::drawn(.0, .1))]
    Settings(Box<SourceFile>, Vec<Problem>),
    /// A file that the settings name cannot be used.
    #[error("{0}")]
    File(String),
    /// A name that nothing has.
    #[error("{0}")]
    Unknown(String),
}

/// Settings, and the file that they were read from.
#[derive(Debug, Default)]
pub struct Loaded {
    pub settings: Settings,
    /// Their file, if there is one.
    pub source: Option<SourceFile>,
    /// The dialect that the command line names.
    pub dialect: Option<Dialect>,
}

impl Loaded {
    /// Reads the nearest settings file at or above a file or folder. Without one, everything has its default.
    pub fn nearest(start: &Path) -> Result<Self, Error> {
        match workspace::find_upward(start, settings::FILE_NAME) {
            Some(path) if workspace::leaves_repository(&path) => {
                let path = path.display();
                Err(Error::File(format!(
                    "`{path}` cannot be used: the link leads out of the repository; name the file with `--config`"
                )))
            }
            Some(path) => Self::read(&path).map_err(|error| match error {
                // A link may lead to any file, and its text is not for a log.
                Error::Settings(source, problems) if path.is_symlink() => {
                    problems::refuse_unseen(&source, "settings file", &problems)
                }
                other => other,
            }),
            None => Ok(Self::default()),
        }
    }

    /// Reads a settings file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        Self::from_source(workspace::read_source(FileId::default(), path)?)
    }

    /// Reads settings from the text of their file.
    pub fn from_source(source: SourceFile) -> Result<Self, Error> {
        let (settings, mut problems) = Settings::read(&source);
        problems.extend(outside(&settings, Path::new(source.path()).parent().unwrap_or(Path::new(""))));
        problems.extend(unknown_format(&settings));
        problems.sort_by_key(|problem| problem.span);
        if !problems.is_empty() {
            return Err(Error::Settings(Box::new(source), problems));
        }
        Ok(Self { settings, source: Some(source), dialect: None })
    }

    /// Uses the baseline beside the settings where none is named; without settings, the nearest one up to the root of the
    /// repository.
    pub fn add_baseline(&mut self) {
        if self.settings.baseline.is_some() {
            return;
        }
        let baseline = self.default_baseline();
        let own = (workspace::is_file(&baseline) && self.is_beside(&baseline)).then_some(baseline);
        let above = || if self.source.is_none() { workspace::find_in_repository(BASELINE_NAME) } else { None };
        self.settings.baseline = own.or_else(above);
    }

    /// The baseline where none is named: beside the settings, else in the current folder.
    pub fn default_baseline(&self) -> PathBuf {
        self.folder().join(BASELINE_NAME)
    }

    /// Whether a file beside the settings is there itself, and not through a link out of their folder.
    pub fn is_beside(&self, path: &Path) -> bool {
        workspace::is_below(self.folder(), path)
    }

    /// The folder of the settings, else the current one.
    fn folder(&self) -> &Path {
        let folder = self.source.as_ref().and_then(|source| Path::new(source.path()).parent());
        folder.unwrap_or(Path::new(""))
    }

    /// A path in a setting: beside the settings where these name it, as written on the command line.
    pub fn beside(&self, name: &str, path: &Path) -> PathBuf {
        match self.settings.origin(name) {
            Origin::File(_) => self.folder().join(path),
            Origin::Default | Origin::CommandLine => path.to_owned(),
        }
    }

    /// The error that something in the settings file does not fit what it names.
    fn refuse_at(&self, span: Span, message: String, help: Option<String>) -> Error {
        let problem = Problem::value(span, message, help);
        match &self.source {
            Some(source) => Error::Settings(Box::new(source.clone()), vec![problem]),
            None => Error::File(problem.message),
        }
    }
}

/// Reads a baseline.
pub fn baseline(path: &Path) -> Result<Baseline, Error> {
    let source = workspace::read_source(FileId::default(), path)?;
    Baseline::read(path, source.text()).map_err(|message| {
        let has_conflict = source.text().lines().any(|line| line.starts_with("<<<<<<< "));
        let message = if has_conflict { "unresolved merge conflict".to_owned() } else { message };
        let help = "restore it, or remove it and run `--write-baseline`";
        Error::File(format!("`{}` cannot be used: {message}; {help}", path.display()))
    })
}

/// The paths in the settings that leave the folder of the file. Whoever checks a repository does not know what its
/// settings name, so they reach nothing outside of it.
fn outside(settings: &Settings, folder: &Path) -> Vec<Problem> {
    let named = |name: &str, path: &Option<PathBuf>| match settings.origin(name) {
        Origin::File(span) => path.clone().map(|path| (name.to_owned(), span, path)),
        Origin::Default | Origin::CommandLine => None,
    };
    let own = [
        named("output", &settings.output),
        named("pack", &settings.pack.as_ref().map(|pack| folder.join(pack))),
        named("baseline", &settings.baseline),
        named("images", &settings.images),
    ];
    let catalogues = settings
        .scopes
        .values()
        .filter_map(|changes| changes.catalogue.clone().map(|path| ("catalogue".to_owned(), changes.span, path)));
    let leaves = |path: &Path| !workspace::is_below(folder, path) || workspace::is_in_git(path);
    own.into_iter()
        .flatten()
        .chain(catalogues)
        .filter(|(_, _, path)| leaves(path) || path == folder)
        .map(|(name, span, path)| {
            if path == folder {
                return Problem::value(
                    span,
                    format!("`{name}` is empty"),
                    Some("name a file, or remove the key".to_owned()),
                );
            }
            let help = "name a file below this folder, outside `.git`; only command-line options can name other files";
            Problem::value(span, format!("`{name}` is outside the folder of the settings"), Some(help.to_owned()))
        })
        .collect()
}

/// What is wrong with the format that a settings file names.
fn unknown_format(settings: &Settings) -> Option<Problem> {
    let Origin::File(span) = settings.origin("format") else { return None };
    let name = &settings.format;
    Format::names().all(|known| known != name).then(|| {
        let known: Vec<_> = Format::names().map(|name| format!("`{name}`")).collect();
        Problem::value(span, format!("unknown format `{name}`"), Some(format!("use one of {}", known.join(", "))))
    })
}
