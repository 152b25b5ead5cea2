//! Collections while they are read, and the merge keys of a finished mapping.

use std::collections::HashSet;

use crate::source::{SourceFile, Span};
use crate::tree::{Entry, Node, ScalarStyle, Value};

/// A collection that is not closed yet.
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// In brackets.
    pub(super) flow: bool,
    /// The number of its anchor; 0 for none.
    pub(super) anchor: usize,
    pub(super) tag: Option<Box<str>>,
    pub(super) start: usize,
    /// Where its last child so far ends.
    pub(super) end: usize,
}

pub(super) enum Kind {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        /// The key whose value comes next.
        key: Option<Key>,
        /// Which entries are merge keys.
        merges: Vec<usize>,
    },
}

/// The key of an entry whose value has not been read.
pub(super) struct Key {
    text: String,
    span: Span,
    merge: bool,
}

impl Kind {
    pub(super) fn sequence() -> Self {
        Self::Sequence(Vec::new())
    }

    pub(super) fn mapping() -> Self {
        Self::Mapping { entries: Vec::new(), key: None, merges: Vec::new() }
    }
}

impl Frame {
    /// Takes the next item, key or value.
    pub(super) fn push(&mut self, node: Node, source: &SourceFile) {
        match &mut self.kind {
            Kind::Sequence(items) => items.push(node),
            Kind::Mapping { entries, key, merges } => match key.take() {
                None => *key = Some(Key::new(node, source)),
                Some(key) => {
                    if key.merge && is_mergeable(&node) {
                        merges.push(entries.len());
                    }
                    entries.push(Entry { key: key.text, key_span: key.span, value: node, merged: false });
                }
            },
        }
    }
}

impl Key {
    /// A key as text: a number or boolean as written, a collection as its source.
    fn new(node: Node, source: &SourceFile) -> Self {
        let plain = node.style == ScalarStyle::Plain;
        let span = node.span;
        let text = match node.value {
            Value::String(text) => text,
            Value::Number(text) => text.into(),
            Value::Null => String::new(),
            Value::Bool(_) | Value::Sequence(_) | Value::Mapping(_) => source.slice(span).to_owned(),
        };
        Self { merge: plain && text == "<<", text, span }
    }
}

/// Whether a node may be after `<<`: a mapping, or a list of mappings.
fn is_mergeable(node: &Node) -> bool {
    match &node.value {
        Value::Mapping(_) => true,
        Value::Sequence(items) => items.iter().all(|item| matches!(item.value, Value::Mapping(_))),
        _ => false,
    }
}

/// Replaces the merge keys of a mapping by what they bring: `merges` are their places in `entries`, in order.
///
/// The mapping's own entries win, then earlier sources over later ones. Gives the entries and the
/// number of nodes that were copied, or `None` if that is more than `budget`.
pub(super) fn merge(entries: Vec<Entry>, merges: &[usize], budget: usize) -> Option<(Vec<Entry>, usize)> {
    if merges.is_empty() {
        return Some((entries, 0));
    }
    let mut places = merges.iter().peekable();
    let (mut sources, mut own) = (Vec::with_capacity(merges.len()), Vec::with_capacity(entries.len()));
    for (index, entry) in entries.into_iter().enumerate() {
        if places.next_if_eq(&&index).is_some() { sources.push(entry) } else { own.push(entry) }
    }
    let mut entries = own;
    let mut known: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut copied = 0;
    for source in &sources {
        let mappings = match &source.value.value {
            Value::Sequence(items) => &items[..],
            _ => std::slice::from_ref(&source.value),
        };
        for entry in mappings.iter().flat_map(Node::effective_entries) {
            if known.insert(entry.key.clone()) {
                copied += measure(&entry.value).0;
                if copied > budget {
                    return None;
                }
                entries.push(Entry { merged: true, ..entry.clone() });
            }
        }
    }
    Some((entries, copied))
}

/// How many nodes a tree has, and how many levels.
pub(super) fn measure(node: &Node) -> (usize, usize) {
    let children: Box<dyn Iterator<Item = &Node>> = match &node.value {
        Value::Sequence(items) => Box::new(items.iter()),
        Value::Mapping(entries) => Box::new(entries.iter().map(|entry| &entry.value)),
        _ => return (1, 0),
    };
    let sizes = children.map(measure);
    let (nodes, depth) = sizes.fold((1, 0), |(nodes, depth), (n, d)| (nodes + n, depth.max(d)));
    (nodes, depth + 1)
}
