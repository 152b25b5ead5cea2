//! Front matter that the configuration gives to many pages (`frontmatter_defaults.rb`).

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::tree::{Node, Value};

/// The sets of `defaults`, in order.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    sets: Vec<Set>,
}

#[derive(Debug)]
struct Set {
    path: Scope,
    /// The length of the scope's path: the longer one wins.
    length: usize,
    kind: Option<String>,
    values: Node,
}

#[derive(Debug)]
enum Scope {
    /// Paths that begin with it.
    Prefix(String),
    /// Paths that match a glob, or that are in a folder that does.
    Glob(GlobSet),
}

impl Defaults {
    pub(super) fn read(node: Option<&Node>, collections_dir: &str) -> Self {
        let sets = node.map(Node::items).unwrap_or_default().iter();
        Self { sets: sets.filter_map(|set| Set::read(set, collections_dir)).collect() }
    }

    /// The value of a key for the page or document at `path` of the given type; of two that apply, that of
    /// the longer path, then of the one with a type, then the later one.
    pub(super) fn find(&self, path: &str, kind: &str, key: &str) -> Option<&Node> {
        let mut found: Option<(&Set, &Node)> = None;
        for set in &self.sets {
            if let Some(value) = set.values.get(key)
                && set.applies(path, kind)
                && found.is_none_or(|(other, _)| set.precedes(other))
            {
                found = Some((set, value));
            }
        }
        found.map(|(_, value)| value)
    }
}

impl Set {
    fn read(node: &Node, collections_dir: &str) -> Option<Self> {
        let values = node.get("values").filter(|values| matches!(values.value, Value::Mapping(_)))?;
        let scope = node.get("scope");
        let path = scope.and_then(|scope| scope.get("path")).and_then(Node::as_str).unwrap_or_default();
        let path = path.strip_prefix('/').unwrap_or(path);
        let kind = scope.and_then(|scope| scope.get("type")).and_then(Node::as_str);
        let below = path.strip_prefix(collections_dir).and_then(|rest| rest.strip_prefix('/'));
        let matched = below.filter(|_| !collections_dir.is_empty()).unwrap_or(path);
        let matched = if matched.contains('*') { glob(matched)? } else { Scope::Prefix(matched.to_owned()) };
        // Names of types that `update_deprecated_types` still takes.
        let kind = kind.map(|kind| match kind {
            "page" | "post" | "draft" => format!("{kind}s"),
            kind => kind.to_owned(),
        });
        Some(Self { path: matched, length: path.len(), kind, values: values.clone() })
    }

    fn applies(&self, path: &str, kind: &str) -> bool {
        let within = match &self.path {
            Scope::Prefix(prefix) => path.starts_with(prefix.as_str()),
            Scope::Glob(globs) => globs.is_match(path),
        };
        within && self.kind.as_ref().is_none_or(|own| own == kind)
    }

    fn precedes(&self, other: &Self) -> bool {
        if self.length == other.length {
            self.kind.is_some() || other.kind.is_none()
        } else {
            self.length > other.length
        }
    }
}

/// `Dir.glob` finds files and folders, and what is in a folder is in the scope.
fn glob(pattern: &str) -> Option<Scope> {
    let mut set = GlobSetBuilder::new();
    for form in [pattern.to_owned(), format!("{}/**", pattern.trim_end_matches('/'))] {
        set.add(GlobBuilder::new(&form).literal_separator(true).build().ok()?);
    }
    set.build().ok().map(Scope::Glob)
}
