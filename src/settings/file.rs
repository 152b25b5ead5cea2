//! The settings file: its form, and what can be wrong with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::diagnostic::Severity;
use crate::nearest;
use crate::pack::MIGRATION;
use crate::paths::{GlobError, PathGlobs};
use crate::rules;
use crate::scopes::Catalogues;
use crate::settings::{Level, Levels, Origin, Override, ScopeChanges, Selection, Selector, Settings, UnknownRule};
use crate::source::{Size, SourceFile, Span};
use crate::tree::{Entry, Node, Problem, Value, deserialize, toml};

/// The file as written; described in `schemas/settings.schema.json`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    /// For editors: where the schema of the file is.
    #[serde(rename = "$schema")]
    _schema: Option<IgnoredAny>,
    severity: Option<Severity>,
    fail_on: Option<Severity>,
    strict: bool,
    unattended: bool,
    format: Option<String>,
    output: Option<PathBuf>,
    select: Vec<String>,
    ignore: Vec<String>,
    extend_select: Vec<String>,
    fixable: Vec<String>,
    unfixable: Vec<String>,
    exclude: Vec<String>,
    max_file_size: Size,
    pack: Option<String>,
    baseline: Option<PathBuf>,
    images: Option<PathBuf>,
    rules: BTreeMap<String, Level>,
    overrides: Vec<FileOverride>,
    terminology: BTreeMap<String, String>,
    scopes: BTreeMap<String, FileScopes>,
    liquid_tags: Vec<String>,
    references: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileOverride {
    paths: Option<Vec<String>>,
    rules: Option<BTreeMap<String, Level>>,
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
    /// What is wrong with it comes with what could be read all the same, so that one run can name every mistake.
    pub fn read(source: &SourceFile) -> (Self, Vec<Problem>) {
        let mut read = toml::parse(source);
        let Some(root) = read.documents.first_mut() else { return (Self::default(), read.problems) };
        // What packs replace.
        let profile = root.entry("profile").map(|entry| entry.key_span);
        if let Some(place) = profile {
            remove(root, place);
        }
        let (file, problems) = deserialize_right(root);
        let folder = Path::new(source.path()).parent().unwrap_or(Path::new(""));
        let mut reader = Reader { folder, problems };
        reader.problem(profile, "`profile` was replaced by `pack`".to_owned(), Some(MIGRATION.to_owned()));
        let settings = reader.settings(root, file);
        reader.problems.sort_by_key(|problem| problem.span);
        (settings, reader.problems)
    }
}

/// Mistakes of form that are named before the rest of the file is given up.
const MOST_PROBLEMS: usize = 100;

/// Reads the file without what has the wrong form, which is taken out of the tree with a problem each.
fn deserialize_right(root: &mut Node) -> (File, Vec<Problem>) {
    let mut problems: Vec<Problem> = Vec::new();
    while problems.len() < MOST_PROBLEMS {
        let problem = match deserialize(root) {
            Ok(file) => return (file, problems),
            Err(problem) => problem,
        };
        let removed = remove(root, problem.span);
        problems.push(problem);
        if !removed {
            break;
        }
    }
    (File::default(), problems)
}

/// Takes the smallest entry or item at a place out of a tree. The span of a table need not reach its entries.
fn remove(node: &mut Node, place: Span) -> bool {
    match &mut node.value {
        Value::Mapping(entries) => {
            remove_first(entries, |entry| entry.key_span == place)
                || Arc::make_mut(entries).iter_mut().any(|entry| remove(&mut entry.value, place))
                || remove_first(entries, |entry| entry.value.span.contains(place))
        }
        Value::Sequence(items) => {
            if Arc::make_mut(items).iter_mut().any(|item| remove(item, place)) {
                return true;
            }
            remove_first(items, |item| item.span.contains(place))
        }
        _ => false,
    }
}

/// Removes the first part that is wanted; whether there was one.
fn remove_first<T: Clone>(parts: &mut Arc<[T]>, is_it: impl Fn(&T) -> bool) -> bool {
    let Some(index) = parts.iter().position(is_it) else { return false };
    let (before, after) = (&parts[..index], &parts[index + 1..]);
    *parts = [before, after].concat().into();
    true
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
            severity: file.severity.unwrap_or(default.severity),
            fail_on: file.fail_on.unwrap_or(default.fail_on),
            strict: file.strict,
            unattended: file.unattended,
            shape: None,
            format: file.format.unwrap_or(default.format),
            output: path(file.output),
            pack: file.pack,
            baseline: path(file.baseline),
            images: path(file.images),
            max_file_size: file.max_file_size,
            selection: Selection {
                select: self.selector(root.get("select"), file.select),
                ignore: self.selector(root.get("ignore"), file.ignore),
                extend_select: self.selector(root.get("extend-select"), file.extend_select),
                fixable: self.selector(root.get("fixable"), file.fixable),
                unfixable: self.selector(root.get("unfixable"), file.unfixable),
            },
            exclude: self.globs(root.get("exclude"), file.exclude),
            rules: self.levels(root.get("rules"), &file.rules),
            overrides: self.overrides(root.get("overrides"), file.overrides),
            terminology: self.terminology(root.get("terminology"), file.terminology),
            scopes: self.scopes(root.get("scopes"), file.scopes),
            liquid_tags: self.liquid_tags(root.get("liquid-tags"), file.liquid_tags),
            references: self.references(root.get("references"), &file.references),
            origins: root.entries().iter().map(origin).collect(),
        }
    }

    fn globs(&mut self, node: Option<&Node>, patterns: Vec<String>) -> PathGlobs {
        PathGlobs::new(self.folder, patterns).unwrap_or_else(|GlobError { index, message }| {
            let span = node.and_then(|node| node.items().get(index)).map(|item| item.span);
            self.problem(span, format!("invalid glob: {message}"), None);
            PathGlobs::default()
        })
    }

    fn selector(&mut self, node: Option<&Node>, patterns: Vec<String>) -> Selector {
        Selector::new(patterns).unwrap_or_else(|UnknownRule { index, message, help }| {
            let span = node.and_then(|node| node.items().get(index)).map(|item| item.span);
            self.problem(span, message, Some(help));
            Selector::default()
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
        let mut read = Vec::new();
        for (node, over) in nodes.zip(overrides) {
            for (key, is_missing) in [("paths", over.paths.is_none()), ("rules", over.rules.is_none())] {
                if is_missing && node.get(key).is_none() {
                    let at = node.entries().first().map_or(node.span, |entry| entry.key_span);
                    self.problem(Some(at), format!("missing key `{key}`"), None);
                }
            }
            read.push(Override {
                paths: self.globs(node.get("paths"), over.paths.unwrap_or_default()),
                rules: self.levels(node.get("rules"), &over.rules.unwrap_or_default()),
            });
        }
        read
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
                let help = near.unwrap_or_else(|| "name a file with its scopes in `catalogue`".to_owned());
                self.problem(Some(*span), format!("unknown scope catalog `{vendor}`"), Some(help));
            }
            let catalogue = catalogue.map(|path| self.folder.join(path));
            changes.insert(vendor.clone(), ScopeChanges { add, catalogue, span: *span });
        }
        changes
    }

    fn liquid_tags(&mut self, node: Option<&Node>, tags: Vec<String>) -> Vec<String> {
        let is_name = |tag: &String| !tag.is_empty() && tag.chars().all(|c| c.is_alphanumeric() || c == '_');
        for (node, tag) in node.map(Node::items).unwrap_or_default().iter().zip(&tags) {
            if !is_name(tag) {
                let help = "write only the name, without `{%` and `%}`";
                self.problem(Some(node.span), format!("not the name of a Liquid tag: `{tag}`"), Some(help.to_owned()));
            }
        }
        tags.into_iter().filter(is_name).collect()
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
                    self.problem(Some(node.span), format!("invalid regular expression: {reason}"), None);
                }
            }
        }
        out
    }

    fn problem(&mut self, span: Option<Span>, message: String, help: Option<String>) {
        // Each problem is found at a part of the tree; a part that is missing has none.
        let Some(span) = span else { return };
        self.problems.push(Problem::value(span, message, help));
    }
}

fn origin(entry: &Entry) -> (String, Origin) {
    (entry.key.clone(), Origin::File(entry.value.span))
}
