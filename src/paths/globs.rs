//! Globs relative to a folder.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::absolute;

/// Globs of paths below a folder, or below several. `*` stays within a folder, `**` does not; a glob that matches a
/// folder matches all that is in it.
#[derive(Debug, Clone, Default)]
pub struct PathGlobs {
    patterns: Vec<String>,
    /// The globs of each folder.
    sets: Vec<(PathBuf, GlobSet)>,
}

/// A text that is not a glob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobError {
    /// Which of the patterns, counted from 0.
    pub index: usize,
    /// What is wrong with it.
    pub message: String,
}

impl PathGlobs {
    /// Globs of paths below the folder `root`.
    ///
    /// # Errors
    /// The first pattern that is not a glob.
    pub fn new(root: &Path, patterns: Vec<String>) -> Result<Self, GlobError> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let refuse = |error: &globset::Error| GlobError { index, message: error.kind().to_string() };
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            for form in [pattern.to_owned(), format!("{pattern}/**")] {
                set.add(GlobBuilder::new(&form).literal_separator(true).build().map_err(|error| refuse(&error))?);
            }
        }
        let set = set.build().map_err(|error| GlobError { index: 0, message: error.kind().to_string() })?;
        Ok(Self { patterns, sets: vec![(absolute(root), set)] })
    }

    /// The globs as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Adds the globs of another folder.
    pub fn extend(&mut self, other: Self) {
        self.patterns.extend(other.patterns);
        self.sets.extend(other.sets);
    }

    /// Whether one of the globs matches a path, given from the current folder or from the root.
    pub fn is_match(&self, path: &Path) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let path = absolute(path);
        self.sets.iter().any(|(root, set)| path.strip_prefix(root).is_ok_and(|relative| set.is_match(relative)))
    }
}
