//! The baseline: findings that are known and accepted, so that only new ones are reported.
//!
//! A finding is known by its file and its [`Fingerprint`], not by its line; of several with one
//! fingerprint as many are known as were recorded. Reading and writing the file is left to others.

mod matcher;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::paths;
use crate::source::SourceFile;

pub use matcher::{Matcher, Stale};

/// The version of the file's form.
const VERSION: u32 = 1;

/// The known findings of each file.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// The folder that paths are relative to, from the root of the file system.
    root: PathBuf,
    files: BTreeMap<String, Vec<Known>>,
}

/// Known findings with one fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// For people who read the file: the fingerprint holds the rule already.
    rule: Box<str>,
    fingerprint: Fingerprint,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// The file, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "the version and the files")]
struct File {
    version: u32,
    files: BTreeMap<String, Vec<Known>>,
}

impl Baseline {
    /// An empty baseline that will be kept in the file at `path`.
    pub fn new(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        Self { root: paths::absolute(folder), files: BTreeMap::new() }
    }

    /// Reads the text of the baseline at `path`.
    pub fn read(path: &Path, text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| format!("not a baseline of connlint: {error}"))?;
        if file.version != VERSION {
            return Err(format!("unknown version {}, expected {VERSION}", file.version));
        }
        Ok(Self { files: file.files, ..Self::new(path) })
    }

    /// Keeps the findings of a file instead of those known before.
    pub fn record(&mut self, source: &SourceFile, diagnostics: &[Diagnostic]) {
        let mut known: BTreeMap<(&str, Fingerprint), u32> = BTreeMap::new();
        for diagnostic in diagnostics {
            *known.entry((diagnostic.rule, fingerprint(source, diagnostic))).or_default() += 1;
        }
        let path = relative(&self.root, source.path());
        if known.is_empty() {
            self.files.remove(&path);
            return;
        }
        let known =
            known.into_iter().map(|((rule, fingerprint), count)| Known { rule: rule.into(), fingerprint, count });
        self.files.insert(path, known.collect());
    }

    /// Forgets the files below the `checked` paths that are gone: others may have been renamed; `exists` reports which
    /// paths exist.
    pub fn forget_gone(&mut self, checked: &[PathBuf], exists: impl Fn(&Path) -> bool) {
        let checked: Vec<PathBuf> = checked.iter().map(|path| paths::absolute(path)).collect();
        self.files.retain(|path, _| {
            let path = paths::absolute(&self.root.join(path));
            !checked.iter().any(|checked| path.starts_with(checked)) || exists(&path)
        });
    }

    /// Number of known findings, and of files that have any.
    pub fn size(&self) -> (usize, usize) {
        (self.files.values().map(|known| total(known)).sum(), self.files.len())
    }

    /// The text of the file: JSON with a line for each fingerprint, so that changes read well in a
    /// version control system.
    pub fn to_text(&self) -> String {
        let mut out = format!("{{\n  \"version\": {VERSION},\n  \"files\": {{");
        for (index, (path, known)) in self.files.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let lines: Vec<String> = known.iter().map(|known| format!("      {}", json(known))).collect();
            // Writing into a string cannot fail.
            let _ = write!(out, "{comma}\n    {}: [\n{}\n    ]", json(path), lines.join(",\n"));
        }
        out.push_str(if self.files.is_empty() { "}\n}\n" } else { "\n  }\n}\n" });
        out
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers can be written as JSON")
}

fn fingerprint(source: &SourceFile, diagnostic: &Diagnostic) -> Fingerprint {
    Fingerprint::new(diagnostic.rule, source, diagnostic.finding.primary.span)
}

fn relative(root: &Path, path: &str) -> String {
    paths::relative(root, &paths::absolute(Path::new(path)))
}

/// Number of findings.
fn total(known: &[Known]) -> usize {
    known.iter().map(|known| known.count as usize).sum()
}
