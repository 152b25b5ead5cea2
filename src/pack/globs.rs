//! Paths of a pack's files, with captures: `{collection}/{folder}/readme.md`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use regex::Regex;

/// Values by a name: of captures, or of values beside another one.
pub(super) type Limits = BTreeMap<String, Vec<String>>;

/// What a path captures, by name.
pub type Captures = BTreeMap<String, String>;

/// The paths of a kind of file.
#[derive(Debug)]
pub struct Pattern {
    written: String,
    regex: Regex,
    limits: Limits,
}

impl Pattern {
    /// Reads a path with captures (`{name}`), `*` within a folder and `**` across folders; `None` if it is no path.
    pub fn new(written: &str, ignore_case: bool, limits: &Limits) -> Option<Self> {
        let mut text = String::from(if ignore_case { "(?i)^" } else { "^" });
        let mut rest = written;
        while let Some(next) = rest.chars().next() {
            if let Some((name, after)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                let _ = write!(text, "(?P<{name}>[^/]+)");
                rest = after;
            } else if let Some(after) = rest.strip_prefix("**/") {
                text.push_str("(?:.*/)?");
                rest = after;
            } else if let Some(after) = rest.strip_prefix('*') {
                text.push_str("[^/]*");
                rest = after;
            } else {
                text.push_str(&regex::escape(next.encode_utf8(&mut [0; 4])));
                rest = &rest[next.len_utf8()..];
            }
        }
        text.push('$');
        Some(Self { written: written.to_owned(), regex: Regex::new(&text).ok()?, limits: limits.clone() })
    }

    /// What a path captures, if it is one of the paths.
    pub fn captures(&self, path: &str) -> Option<Captures> {
        let found = self.regex.captures(path)?;
        let names = self.regex.capture_names().flatten();
        let captures: Captures =
            names.filter_map(|name| Some((name.to_owned(), found.name(name)?.as_str().to_owned()))).collect();
        let is_allowed =
            |(name, value): (&String, &String)| self.limits.get(name).is_none_or(|all| all.contains(value));
        captures.iter().all(is_allowed).then_some(captures)
    }

    /// The path with what was captured.
    pub fn path(&self, captures: &Captures) -> String {
        captures.iter().fold(self.written.clone(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
    }

    /// The folders and files that the paths start with, as far as they are known.
    pub fn starts(&self) -> Vec<String> {
        let mut starts = vec![String::new()];
        for part in self.written.split('/') {
            let capture = part.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            let values: Vec<&str> = match capture.map(|name| self.limits.get(name)) {
                Some(Some(values)) => values.iter().map(String::as_str).collect(),
                None if !part.contains(['{', '*']) => vec![part],
                _ => break,
            };
            let joined = |start: &String, value: &str| {
                if start.is_empty() { value.to_owned() } else { format!("{start}/{value}") }
            };
            starts = starts
                .iter()
                .flat_map(|start| values.iter().map(|value| joined(start, value)).collect::<Vec<_>>())
                .collect();
        }
        starts.retain(|start| !start.is_empty());
        starts
    }

    /// Whether one of the starts is in a folder; `exists` says which paths there are.
    pub fn starts_in(&self, folder: &Path, exists: impl Fn(&Path) -> bool) -> bool {
        self.starts().iter().any(|start| exists(&folder.join(start)))
    }

    /// How many folders are in the paths, where it is known.
    pub fn depth(&self) -> Option<usize> {
        (!self.written.contains("**")).then(|| self.written.split('/').count())
    }
}
