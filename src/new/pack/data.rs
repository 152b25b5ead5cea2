//! What the values of sample data mean, by their keys.

use std::collections::BTreeMap;

use crate::contract::AuthKind;
use crate::profile::fold;
use crate::secrets;
use crate::source::SourceFile;
use crate::tree::{Node, Value, json, toml, yaml};

/// Where sample data has facts, as JSON pointers.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) auth: Option<String>,
    /// The words for the kinds of authentication.
    pub(super) kinds: BTreeMap<String, AuthKind>,
    pub(super) scope: Option<String>,
    pub(super) callback: Option<(String, String)>,
    pub(super) field: Option<Listed>,
    pub(super) operation: Option<Listed>,
}

/// A list or mapping of named values.
pub(super) struct Listed {
    pub(super) pointer: String,
    /// The key of the name; without it, the keys of a mapping are the names.
    pub(super) label: Option<&'static str>,
    pub(super) names: Vec<String>,
}

/// Keys of names, the most telling first.
const LABELS: [&str; 5] = ["label", "title", "displayName", "display_name", "name"];

/// The document of a data file, if it is a mapping or a list.
pub(super) fn document(source: &SourceFile, read: &str) -> Option<Node> {
    let read = match read {
        "json" => json::parse(source),
        "toml" => toml::parse(source),
        _ => yaml::parse(source, 0..source.text().len()),
    };
    let first = read.documents.into_iter().next()?;
    matches!(first.value, Value::Mapping(_) | Value::Sequence(_)).then_some(first)
}

/// The pointer to the entries of a file of many connectors, and the entries.
pub(super) fn entries(document: &Node) -> Option<(String, Vec<&Node>)> {
    let many = |node| -> Option<Vec<&Node>> {
        let nodes: Vec<&Node> = children(node).map(|(_, child)| child).collect();
        (nodes.len() > 1 && nodes.iter().all(|node| !node.entries().is_empty())).then_some(nodes)
    };
    let inner = || {
        document.entries().iter().find_map(|entry| Some((format!("/{}/*", escaped(&entry.key)), many(&entry.value)?)))
    };
    many(document).map(|nodes| ("/*".to_owned(), nodes)).or_else(inner)
}

impl Facts {
    /// Adds what is found in the data of one connector. What is already known stays.
    pub(super) fn add(&mut self, node: &Node) {
        self.add_below(node, "", 0);
    }

    fn add_below(&mut self, node: &Node, pointer: &str, depth: usize) {
        const DEEPEST: usize = 4;
        for (key, child) in node.entries().iter().map(|entry| (entry.key.as_str(), &entry.value)) {
            let pointer = format!("{pointer}/{}", escaped(key));
            if let Some(text) = child.as_str() {
                self.add_text(key, text, pointer);
                continue;
            }
            self.add_list(key, child, &pointer);
            if depth < DEEPEST {
                self.add_below(child, &pointer, depth + 1);
            }
        }
    }

    fn add_text(&mut self, key: &str, text: &str, pointer: String) {
        let folded = fold(key);
        let is_near_top = pointer.matches('/').count() <= 2;
        let is_title = is_near_top && ["title", "displayname", "name"].contains(&folded.as_str());
        if is_title && is_shallower(&pointer, self.title.as_deref()) {
            self.title = Some(pointer.clone());
        }
        let is_of_auth = fold(&pointer).contains("auth") || fold(&pointer).contains("signin");
        if let Some(kind) = kind_of(text).filter(|_| is_of_auth && self.auth.as_ref().is_none_or(|own| *own == pointer))
        {
            self.kinds.insert(text.to_owned(), kind);
            self.auth = Some(pointer.clone());
        }
        let is_url =
            text.contains("://") && secrets::any_in_urls(text).next().is_none() && secrets::known(text).is_empty();
        if is_url && (folded.contains("redirect") || folded.contains("callback")) && self.callback.is_none() {
            self.callback = Some((pointer, text.to_owned()));
        }
    }

    fn add_list(&mut self, key: &str, node: &Node, pointer: &str) {
        const DEEPEST: usize = 3;
        if pointer.matches('/').count() > DEEPEST {
            return;
        }
        let last = secrets::words(key).pop().unwrap_or_default();
        let named = |words: &[&str]| words.iter().any(|word| last.strip_suffix('s').unwrap_or(&last) == *word);
        if named(&["scope"]) && self.scope.is_none() && node.items().iter().any(|item| item.as_str().is_some()) {
            self.scope = Some(format!("{pointer}/*"));
        } else if self.field.is_none() && named(&["field", "parameter", "propertie", "credential", "input", "setting"])
        {
            self.field = listed(node, pointer);
        } else if self.operation.is_none() && named(&["operation", "action", "trigger", "endpoint", "method"]) {
            self.operation = listed(node, pointer);
        }
    }
}

/// The values of a list or mapping, if each is a mapping with a name, or a mapping's keys are the names.
fn listed(node: &Node, pointer: &str) -> Option<Listed> {
    let all: Vec<(Option<&str>, &Node)> = children(node).collect();
    let has = |label: &&&'static str| {
        !all.is_empty() && all.iter().all(|(_, child)| child.get(label).and_then(Node::as_str).is_some())
    };
    let label = LABELS.iter().find(has).copied();
    let of_key = all.iter().all(|(key, child)| key.is_some() && !child.entries().is_empty());
    let name = |(key, child): &(Option<&str>, &Node)| match label {
        Some(label) => child.get(label)?.as_str().map(str::to_owned),
        None => key.map(str::to_owned).filter(|_| of_key),
    };
    let names: Vec<String> = all.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| Listed { pointer: format!("{pointer}/*"), label, names })
}

/// The values of a mapping with their keys, or the items of a list.
fn children(node: &Node) -> impl Iterator<Item = (Option<&str>, &Node)> {
    let of_mapping = node.entries().iter().map(|entry| (Some(entry.key.as_str()), &entry.value));
    of_mapping.chain(node.items().iter().map(|item| (None, item)))
}

fn is_shallower(pointer: &str, other: Option<&str>) -> bool {
    let depth = |pointer: &str| pointer.matches('/').count();
    other.is_none_or(|other| depth(pointer) < depth(other))
}

/// The kind of authentication that a word of the data stands for.
fn kind_of(text: &str) -> Option<AuthKind> {
    let folded = fold(text);
    let named = |words: &[&str]| words.iter().any(|word| folded == *word);
    if folded.starts_with("oauth1") {
        Some(AuthKind::OAuth1)
    } else if folded.starts_with("oauth") {
        Some(AuthKind::OAuth2)
    } else if named(&["apikey", "key", "apitoken", "token", "bearer"]) {
        Some(AuthKind::ApiKey)
    } else if named(&["basic", "basicauth", "password", "usernamepassword"]) {
        Some(AuthKind::Basic)
    } else {
        named(&["none", "anonymous", "noauth"]).then_some(AuthKind::None)
    }
}

/// A key in a JSON pointer (RFC 6901, section 3).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
