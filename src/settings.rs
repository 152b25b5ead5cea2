//! What is in force in a run: which rules at which severity, what is shown, and which data is added.
//!
//! Settings come from a file, `connlint.toml`, and from the command line, which knows nothing of
//! the file. Finding and reading the file, and the files that it names, is left to the command line.

mod file;
mod levels;
mod listing;
mod selection;

use std::collections::BTreeMap;
use std::path::PathBuf;

use regex::Regex;

use crate::diagnostic::Severity;
use crate::paths::PathGlobs;
use crate::source::{Size, Span};

pub use crate::paths::SETTINGS_FILE as FILE_NAME;
pub use levels::{FileLevels, Level, Levels, Override};
pub use listing::InForce;
pub use selection::{Selection, Selector, UnknownRule};

/// The settings of a run. Paths are given from the current folder or from the root.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Findings below this severity are not reported.
    pub severity: Severity,
    /// A finding at or above this severity makes the run fail.
    pub fail_on: Severity,
    /// Whether literal secrets and the like count as errors.
    pub strict: bool,
    /// Whether configurations are installed without prompts.
    pub unattended: bool,
    /// The shape that configurations have, by name, if it is not taken from their keys.
    pub shape: Option<String>,
    /// The form of the report, as on the command line.
    pub format: String,
    /// Where the report goes, if not to standard output.
    pub output: Option<PathBuf>,
    /// What is skipped in folders.
    pub exclude: PathGlobs,
    /// What has more bytes is not read.
    pub max_file_size: Size,
    /// The name of a built-in pack, or the path of one.
    pub pack: Option<String>,
    /// The file of the findings that are known.
    pub baseline: Option<PathBuf>,
    /// A file that lists the site's images, where they themselves are not available.
    pub images: Option<PathBuf>,
    /// Which rules report and which of them fix.
    pub selection: Selection,
    /// Severities of rules and groups.
    pub rules: Levels,
    /// Severities of rules and groups in some files; a later one takes precedence.
    pub overrides: Vec<Override>,
    /// Words to replace, and by what, besides those of the profile. A word that is replaced on its own is right.
    pub terminology: BTreeMap<String, String>,
    /// Changes to the scope catalogs, by their vendor.
    pub scopes: BTreeMap<String, ScopeChanges>,
    /// Liquid tags that plugins of the site define, besides those of the profile.
    pub liquid_tags: Vec<String>,
    /// How values refer to what is kept elsewhere, besides the built-in styles.
    pub references: Vec<Regex>,
    /// Where what is not the default was set, by the setting's name.
    pub origins: BTreeMap<String, Origin>,
}

/// What the settings say about a vendor's scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeChanges {
    /// Scopes that the catalog lacks.
    pub add: Vec<String>,
    /// A catalog to use instead of the built-in one.
    pub catalogue: Option<PathBuf>,
    /// Where the vendor is named.
    pub span: Span,
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was not set.
    Default,
    /// The settings file: its key.
    File(Span),
    CommandLine,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            severity: Severity::Warning,
            fail_on: Severity::Error,
            strict: false,
            unattended: false,
            shape: None,
            format: "text".to_owned(),
            output: None,
            exclude: PathGlobs::default(),
            max_file_size: Size::default(),
            pack: None,
            baseline: None,
            images: None,
            selection: Selection::default(),
            rules: Levels::default(),
            overrides: Vec::new(),
            terminology: BTreeMap::new(),
            scopes: BTreeMap::new(),
            liquid_tags: Vec::new(),
            references: Vec::new(),
            origins: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// The severities in force in the file at `path`.
    pub fn at(&self, path: &str) -> FileLevels<'_> {
        FileLevels::new(self, path)
    }

    /// Notes that a setting was given on the command line; `name` is written as in the file.
    pub fn given(&mut self, name: &str) {
        self.origins.insert(name.to_owned(), Origin::CommandLine);
    }

    /// Where a setting, named as in the file, comes from.
    pub fn origin(&self, name: &str) -> Origin {
        self.origins.get(name).copied().unwrap_or(Origin::Default)
    }
}
