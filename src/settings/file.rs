//! The settings file: its form, and what can be wrong with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::nearest;
use crate::paths::{GlobError, PathGlobs};
use crate::rules;
use crate::scopes::Catalogues;
use crate::settings::{Level, Levels, Origin, Override, ScopeChanges, Settings};
use crate::source::{SourceFile, Span};
use crate::tree::{Entry, Node, Problem, ProblemKind, deserialize, toml};

/// The file as it is written; described in `schemas/settings.schema.json`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    severity: Option<Severity>,
    fail_on: Option<Severity>,
    strict: bool,
    unattended: bool,
    format: Option<String>,
    output: Option<PathBuf>,
    exclude: Vec<String>,
    profile: Option<PathBuf>,
    baseline: Option<PathBuf>,
    images: Option<PathBuf>,
    rules: BTreeMap<String, Level>,
    overrides: Vec<FileOverride>,
    terminology: BTreeMap<String, String>,
    scopes: BTreeMap<String, FileScopes>,
    references: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileOverride {
    paths: Vec<String>,
    rules: BTreeMap<String, Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileScopes {
    #[serde(default)]
    add: Vec<String>,
    catalogue: Option<PathBuf>,
}

impl Settings {
    /// Reads the text of a settings file. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// What is wrong with it, in order of place.
    pub fn read(source: &SourceFile) -> Result<Self, Vec<Problem>> {
        let read = toml::parse(source);
        let Some(root) = read.documents.first() else { return Err(read.problems) };
        let file: File = deserialize(root).map_err(|problem| vec![problem])?;
        let folder = Path::new(source.path()).parent().unwrap_or(Path::new(""));
        let mut reader = Reader { folder, problems: Vec::new() };
        let settings = reader.settings(root, file);
        if reader.problems.is_empty() {
            return Ok(settings);
        }
        reader.problems.sort_by_key(|problem| problem.span);
        Err(reader.problems)
    }
}

struct Reader<'a> {
    folder: &'a Path,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn settings(&mut self, root: &Node, file: File) -> Settings {
        let default = Settings::default();
        let path = |path: Option<PathBuf>| path.map(|path| self.folder.join(path));
        Settings {
            own_rules: &[],
            severity: file.severity.unwrap_or(default.severity),
            fail_on: file.fail_on.unwrap_or(default.fail_on),
            strict: file.strict,
            unattended: file.unattended,
            shape: None,
            format: file.format.unwrap_or(default.format),
            output: path(file.output),
            profile: path(file.profile),
            baseline: path(file.baseline),
            images: path(file.images),
            exclude: self.globs(root.get("exclude"), file.exclude),
            rules: self.levels(root.get("rules"), &file.rules),
            overrides: self.overrides(root.get("overrides"), file.overrides),
            terminology: self.terminology(root.get("terminology"), file.terminology),
            scopes: self.scopes(root.get("scopes"), file.scopes),
            references: self.references(root.get("references"), &file.references),
            origins: root.entries().iter().map(origin).collect(),
        }
    }

    fn globs(&mut self, node: Option<&Node>, patterns: Vec<String>) -> PathGlobs {
        PathGlobs::new(self.folder, patterns).unwrap_or_else(|GlobError { index, message }| {
            let span = node.and_then(|node| node.items().get(index)).map(|item| item.span);
            self.problem(span, format!("not a glob: {message}"), None);
            PathGlobs::default()
        })
    }

    fn levels(&mut self, node: Option<&Node>, levels: &BTreeMap<String, Level>) -> Levels {
        let mut out = Levels::default();
        for entry in node.map(Node::entries).unwrap_or_default() {
            if let Some(level) = levels.get(&entry.key).filter(|_| rules::is_known(&entry.key)) {
                out.set(&entry.key, *level, entry.key_span);
                continue;
            }
            let near = rules::near(&entry.key).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "`connlint rules` lists the rules".to_owned());
            self.problem(Some(entry.key_span), format!("unknown rule `{}`", entry.key), Some(help));
        }
        out
    }

    fn overrides(&mut self, node: Option<&Node>, overrides: Vec<FileOverride>) -> Vec<Override> {
        let nodes = node.map(Node::items).unwrap_or_default().iter();
        let read = nodes.zip(overrides).map(|(node, over)| Override {
            paths: self.globs(node.get("paths"), over.paths),
            rules: self.levels(node.get("rules"), &over.rules),
        });
        read.collect()
    }

    fn terminology(&mut self, node: Option<&Node>, words: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let entries = node.map(Node::entries).unwrap_or_default();
        if let Some(entry) = entries.iter().find(|entry| entry.key.trim().is_empty()) {
            self.problem(Some(entry.key_span), "no word to replace".to_owned(), None);
        }
        words
    }

    fn scopes(
        &mut self,
        node: Option<&Node>,
        mut scopes: BTreeMap<String, FileScopes>,
    ) -> BTreeMap<String, ScopeChanges> {
        let builtin = Catalogues::builtin();
        let mut changes = BTreeMap::new();
        for Entry { key: vendor, key_span: span, .. } in node.map(Node::entries).unwrap_or_default() {
            let Some(FileScopes { add, catalogue }) = scopes.remove(vendor) else { continue };
            if catalogue.is_none() && builtin.get(vendor).is_none() {
                let near = nearest::suggestion(vendor, &builtin.ids()).map(|near| format!("did you mean `{near}`?"));
                let help = near.unwrap_or_else(|| "name a file with its scopes as `catalogue`".to_owned());
                self.problem(Some(*span), format!("no built-in scope catalogue `{vendor}`"), Some(help));
            }
            let catalogue = catalogue.map(|path| self.folder.join(path));
            changes.insert(vendor.clone(), ScopeChanges { add, catalogue, span: *span });
        }
        changes
    }

    fn references(&mut self, node: Option<&Node>, patterns: &[String]) -> Vec<Regex> {
        let nodes = node.map(Node::items).unwrap_or_default();
        let mut out = Vec::new();
        for (node, pattern) in nodes.iter().zip(patterns) {
            match Regex::new(pattern) {
                Ok(pattern) => out.push(pattern),
                Err(error) => {
                    let reason = error.to_string();
                    let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                    self.problem(Some(node.span), format!("not a regular expression: {reason}"), None);
                }
            }
        }
        out
    }

    fn problem(&mut self, span: Option<Span>, message: String, help: Option<String>) {
        // Each problem is found at a part of the tree; a part that is missing has none.
        let Some(span) = span else { return };
        self.problems.push(Problem { kind: ProblemKind::Value, span, message, help, related: None });
    }
}

fn origin(entry: &Entry) -> (String, Origin) {
    (entry.key.clone(), Origin::File(entry.key_span))
}
