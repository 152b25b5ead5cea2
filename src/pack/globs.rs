//! Paths of a pack's files, with captures: `{collection}/{folder}/readme.md`.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Reads a path with captures (`{name}`), `*` within a folder and `**` across folders.
    ///
    /// # Errors
    /// What is wrong with the path, and what to do.
    pub fn new(written: &str, ignore_case: bool, limits: &Limits) -> Result<Self, (String, String)> {
        let mut text = String::from(if ignore_case { "(?i)^" } else { "^" });
        let mut names = BTreeSet::new();
        let mut rest = written;
        while let Some(next) = rest.chars().next() {
            if let Some(inner) = rest.strip_prefix('{') {
                let (name, after) =
                    inner.split_once('}').ok_or_else(|| ("`{` is not closed".to_owned(), "add `}`".to_owned()))?;
                if !is_name(name) {
                    let help = "use lowercase letters, digits and `_`, a letter first".to_owned();
                    return Err((format!("`{name}` is not a name for a capture"), help));
                }
                if !names.insert(name) {
                    return Err((format!("duplicate capture `{name}`"), "use another name".to_owned()));
                }
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
        let regex = Regex::new(&text).map_err(|_| ("path too long".to_owned(), "use a shorter path".to_owned()))?;
        Ok(Self { written: written.to_owned(), regex, limits: limits.clone() })
    }

    /// The path as the pack has it.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The names of what it captures.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.regex.capture_names().flatten()
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

/// Whether a text can name a capture: lowercase letters, digits and `_`, a letter first.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_')
}
