//! What is in the files of a connector.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::form::{FileForm, Pack, ReadAs, Role};
use super::pointers::{follow, steps};
use super::skim::skim;
use crate::guide::Guide;
use crate::secrets;
use crate::source::{SourceFile, Span};
use crate::tree::{Documents, Entry, Node, Place, Problem, Value, json, toml, yaml};

/// A file, read.
#[derive(Debug, Clone)]
pub enum Content {
    Page(Arc<Guide>),
    Data(Arc<Data>),
}

/// A data file, read.
#[derive(Debug)]
pub struct Data {
    /// The file, with its secrets marked.
    pub source: Arc<SourceFile>,
    pub document: Option<Node>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// The entries of a file of many connectors.
    pub entries: Vec<Each>,
}

/// An entry of a file of many connectors.
#[derive(Debug)]
pub struct Each {
    /// Its key, or its number.
    pub key: String,
    pub span: Span,
    /// Its values, with those that it takes over.
    pub node: Node,
}

impl Content {
    pub fn source(&self) -> &Arc<SourceFile> {
        match self {
            Self::Page(guide) => &guide.source,
            Self::Data(data) => &data.source,
        }
    }
}

impl Data {
    /// Reads a file of a kind. Never fails.
    pub fn read(source: Arc<SourceFile>, pack: &Pack, kind: &str, form: &FileForm) -> Self {
        let roles: Vec<&Role> = pack.roles.get(kind).into_iter().flat_map(BTreeMap::values).collect();
        // A schema looks at all values, and so does who asks for the entries of a file.
        let is_skimmed = form.read == ReadAs::Json && form.schema.is_none() && form.each.is_none();
        let skimmed = is_skimmed.then(|| skim(&source, roles.iter().copied(), pack.joins(kind))).flatten();
        let read = match (skimmed, form.read) {
            (Some(node), _) => Documents { documents: vec![node], problems: Vec::new() },
            (None, ReadAs::Json) => json::parse(&source),
            (None, ReadAs::Toml) => toml::parse(&source),
            (None, _) => yaml::parse(&source, 0..source.text().len()),
        };
        let document = read.documents.into_iter().next();
        let secret: Vec<&Role> = roles.into_iter().filter(|role| role.secret).collect();
        let source = hidden(source, document.as_ref(), &secret);
        let entries = match (&document, &form.each) {
            (Some(document), Some(each)) => entries(document, each, form.inherits.as_deref()),
            _ => Vec::new(),
        };
        Self { source, document, problems: read.problems, entries }
    }
}

impl Data {
    /// The data of each connector in the file: its entries with their numbers, or all of it.
    pub fn parts(&self) -> impl Iterator<Item = (Option<usize>, &Node)> {
        let whole = self.document.iter().filter(|_| self.entries.is_empty()).map(|node| (None, node));
        self.entries.iter().enumerate().map(|(index, entry)| (Some(index), &entry.node)).chain(whole)
    }
}

/// The file with its secrets marked.
fn hidden(source: Arc<SourceFile>, document: Option<&Node>, secret: &[&Role]) -> Arc<SourceFile> {
    let mut places: Vec<_> = secrets::known(source.text()).into_iter().map(|secret| secret.range).collect();
    let mut escaped = Vec::new();
    for node in
        document.iter().flat_map(|document| secret.iter().flat_map(|role| role.facts(document))).map(|fact| fact.node)
    {
        places.push(node.span.range());
        let read = node.as_str().filter(|value| !source.slice(node.span).contains(value));
        escaped.extend(read.map(str::to_owned));
    }
    source.hiding(places, escaped)
}

/// The entries at a pointer, each with what it takes over from the one that it names.
fn entries(document: &Node, each: &str, inherits: Option<&str>) -> Vec<Each> {
    let held = follow(Place { node: document, entry: None }, &steps(each));
    let named = |name: &str| held.iter().find(|held| held.entry.is_some_and(|entry| entry.key == name));
    let mut read = Vec::with_capacity(held.len());
    for (index, Place { node, entry }) in held.iter().enumerate() {
        let mut own: Node = (*node).clone();
        if let Some(base) = inherits.and_then(|key| node.get(key)).and_then(Node::as_str).and_then(named)
            && let Value::Mapping(entries) = &mut own.value
        {
            let is_new = |entry: &&Entry| !entries.iter().any(|own| own.key == entry.key);
            let taken: Vec<Entry> = base.node.entries().iter().filter(is_new).cloned().collect();
            *entries = entries.iter().cloned().chain(taken).collect();
        }
        let key = entry.map_or_else(|| index.to_string(), |entry| entry.key.clone());
        let span = entry.map_or(node.span.at_start(), |entry| entry.key_span);
        read.push(Each { key, span, node: own });
    }
    read
}
