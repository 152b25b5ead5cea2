//! Globs relative to a folder.

use std::collections::BTreeMap;
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
    pub message: String,
}

impl PathGlobs {
    /// Globs of paths from the folder `root`.
    pub fn new(root: &Path, patterns: Vec<String>) -> Result<Self, GlobError> {
        let root = absolute(root);
        let mut folders: BTreeMap<PathBuf, GlobSetBuilder> = BTreeMap::new();
        for (index, pattern) in patterns.iter().enumerate() {
            // It would match the folder, and so all that is in it: what a script without a value gives.
            if pattern.trim().is_empty() {
                return Err(GlobError { index, message: "it is empty".to_owned() });
            }
            let refuse = |error: &globset::Error| GlobError { index, message: error.kind().to_string() };
            let (folder, glob) = anchored(&root, pattern);
            let set = folders.entry(folder).or_insert_with(GlobSetBuilder::new);
            for form in [format!("{glob}/**"), glob] {
                set.add(GlobBuilder::new(&form).literal_separator(true).build().map_err(|error| refuse(&error))?);
            }
        }
        let refuse = |error: globset::Error| GlobError { index: 0, message: error.kind().to_string() };
        let sets = folders.into_iter().map(|(folder, set)| Ok((folder, set.build().map_err(refuse)?)));
        Ok(Self { patterns, sets: sets.collect::<Result<_, _>>()? })
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

/// The folder that a pattern begins at, and a glob of paths below it: `..` leads out of `root`, and the pattern may
/// begin at the root of the file system.
fn anchored(root: &Path, pattern: &str) -> (PathBuf, String) {
    let top = Path::new(pattern).ancestors().last().filter(|_| Path::new(pattern).is_absolute());
    let mut folder = top.unwrap_or(root).to_owned();
    let mut parts = Vec::new();
    for part in pattern[top.map_or(0, |top| top.as_os_str().len())..].split('/') {
        match part {
            "" | "." => {}
            ".." if parts.is_empty() => drop(folder.pop()),
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (folder, if parts.is_empty() { "**".to_owned() } else { parts.join("/") })
}
