//! The lines that changed since a revision, as Git tells them.

mod hunks;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::diagnostic::Finding;
use crate::paths;
use crate::source::{SourceFile, Span};

/// What changed in the working tree since a revision.
#[derive(Debug)]
pub struct Changes {
    /// Changed lines, counted from 1, by the file's path from the root of the file system.
    lines: BTreeMap<PathBuf, Vec<RangeInclusive<u32>>>,
    /// The files that Git knows; any other file is new as a whole.
    tracked: BTreeSet<PathBuf>,
}

/// Why Git could not tell.
#[derive(Debug)]
pub enum Error {
    /// Git could not be started.
    NoGit(std::io::Error),
    /// The text names no commit.
    NoRevision(String),
    /// Git refused: its own words.
    Refused(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(error) => write!(out, "cannot run `git`: {error}"),
            Self::NoRevision(revision) => write!(out, "`{revision}` names no commit that Git knows here"),
            Self::Refused(words) => write!(out, "Git cannot tell what changed: {words}"),
        }
    }
}

impl std::error::Error for Error {}

impl Changes {
    /// Asks Git what changed under `paths` between `revision` and the files as they are now.
    ///
    /// # Errors
    /// Git is not there, the paths are in no repository or in several, or the revision is unknown.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, Error> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| paths::absolute(path)).collect();
        let first = paths.first().cloned().unwrap_or_else(|| paths::absolute(Path::new("")));
        let folder = if first.is_dir() { first.as_path() } else { first.parent().unwrap_or(&first) };
        // The way up rather than the top itself, which Git gives with symbolic links resolved.
        let up = git(folder, &["rev-parse", "--show-cdup"], &[])?;
        let top = paths::absolute(&folder.join(text(&up).trim()));
        let commit = format!("{revision}^{{commit}}");
        let commit = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], &[]);
        let commit = commit.map_err(|error| match error {
            Error::Refused(_) => Error::NoRevision(revision.to_owned()),
            other => other,
        })?;
        let tracked = git(&top, &["ls-files", "-z", "--full-name"], &paths)?;
        let diff = git(&top, &[&DIFF[..], &[text(&commit).trim()]].concat(), &paths)?;
        let lines = hunks::read(&diff).into_iter().map(|(path, lines)| (top.join(path), lines));
        let tracked = tracked.split(|byte| *byte == 0).map(|path| top.join(text(path)));
        Ok(Self { lines: lines.collect(), tracked: tracked.collect() })
    }

    /// Whether a finding is on a changed line of its file, or points to one there.
    pub fn touch(&self, source: &SourceFile, finding: &Finding) -> bool {
        let path = paths::absolute(Path::new(source.path()));
        if !self.tracked.contains(&path) {
            return true;
        }
        let Some(changed) = self.lines.get(&path) else { return false };
        let touches = |span: Span| {
            let last = span.end.saturating_sub(1).max(span.start);
            let (first, last) = (source.line(span.start), source.line(last));
            changed.iter().any(|lines| *lines.start() <= last && first <= *lines.end())
        };
        let places = std::iter::once(&finding.primary).chain(&finding.labels).map(|label| label.span);
        places.filter(|span| span.file == source.id()).any(touches)
    }
}

/// A diff in the form that [`hunks`] reads, whatever the user's configuration says.
const DIFF: [&str; 10] = [
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--text",
    "--dst-prefix=b/",
];

/// Runs Git in a folder and gives what it prints.
fn git(folder: &Path, arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, Error> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["--literal-pathspecs", "-c", "core.quotePath=false"]).args(arguments);
    if !paths.is_empty() {
        command.arg("--").args(paths);
    }
    let output = command.output().map_err(Error::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Error::Refused(text(&output.stderr).trim().to_owned()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
