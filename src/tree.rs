//! A YAML, JSON or TOML value that knows where each of its parts is.
//!
//! One tree for all formats. Keys keep their order and duplicates are kept; scalars are typed by
//! the YAML 1.2 core schema (or by JSON). Reading never fails: what could not be read is a [`Problem`].
//!
//! What a file *means* (a profile, a configuration) is left to its module; [`deserialize()`] reads
//! typed data from a tree with errors that keep their place.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::Span;

mod deserialize;
mod instance;
pub mod json;
mod pointer;
mod scalar;
pub mod toml;
pub mod yaml;

pub use deserialize::deserialize;
pub use instance::Tree;
pub use pointer::{Place, unescaped};

/// How deep lists and mappings may lie in each other; beyond it a text is refused.
const MAX_DEPTH: usize = 128;

/// How many keys are compared one by one to find equal ones.
const FEW: usize = 8;

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The bytes of the value, quotes included, anchor and tag excluded.
    ///
    /// A block scalar begins at its `|` or `>` and ends with its last line that is not blank. The
    /// value of an alias is where its anchor is. A missing value is an empty span.
    pub span: Span,
    /// How a scalar is written.
    pub style: ScalarStyle,
    /// The YAML tag that is not of the core schema, as `!env`.
    pub tag: Option<Box<str>>,
}

/// The kinds of value. A copy of a collection shares its parts.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, unescaped.
    String(String),
    /// A list.
    Sequence(Arc<[Node]>),
    /// A mapping: all its entries in order, duplicates included.
    Mapping(Arc<[Entry]>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    pub key: String,
    /// Where the key is, quotes included.
    pub key_span: Span,
    pub value: Node,
    /// Whether it came through a YAML merge key (`<<`): the span is that of the merged pair.
    pub merged: bool,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes (YAML), or a JSON number, boolean or null; also sequences and mappings.
    Plain,
    /// In single quotes.
    SingleQuoted,
    /// In double quotes; JSON strings.
    DoubleQuoted,
    /// A YAML block scalar, `|` or `>`.
    Block,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of problem.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do, where it is known.
    pub help: Option<String>,
    /// Another place that matters, and what is said there: the first of two equal keys.
    pub related: Option<(Span, String)>,
}

impl Problem {
    /// A text that is not in its format.
    pub fn syntax(span: Span, message: impl Into<String>, help: Option<String>) -> Self {
        Self { kind: ProblemKind::Syntax, span, message: message.into(), help, related: None }
    }

    /// A value of the wrong type or form.
    pub fn value(span: Span, message: impl Into<String>, help: Option<String>) -> Self {
        Self { kind: ProblemKind::Value, span, message: message.into(), help, related: None }
    }
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not in its format.
    Syntax,
    /// A key is twice in one mapping.
    DuplicateKey,
    /// The value has the wrong type or form (reading typed data).
    Value,
}

/// A parsed text.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents that could be read, in order. JSON and TOML have at most one.
    pub documents: Vec<Node>,
    /// What is wrong, in order of place.
    pub problems: Vec<Problem>,
}

impl Node {
    /// The value of the last entry with `key` that is not merged, else of a merged one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry with `key`, as [`Node::get`] finds it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let entries = self.entries();
        let own = entries.iter().rev().find(|entry| entry.key == key && !entry.merged);
        own.or_else(|| entries.iter().find(|entry| entry.key == key))
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The entries that count: of equal keys the last, and a merged entry only where the mapping
    /// has no entry of its own.
    pub fn effective_entries(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.entries();
        let winners = (entries.len() > FEW).then(|| {
            let mut winners: HashMap<&str, &Entry> = HashMap::with_capacity(entries.len());
            for entry in entries {
                if !entry.merged || !winners.contains_key(entry.key.as_str()) {
                    winners.insert(&entry.key, entry);
                }
            }
            winners
        });
        let winner = move |key: &str| match &winners {
            Some(winners) => winners.get(key).copied(),
            None => self.entry(key),
        };
        entries.iter().filter(move |entry| winner(&entry.key).is_some_and(|winner| std::ptr::eq(winner, *entry)))
    }

    /// The value as plain JSON: duplicates resolved by [`Node::effective_entries`], numbers
    /// that JSON cannot hold (`.inf`, `.nan`) as `null`.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(text) => scalar::number(text),
            Value::String(text) => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(_) => {
                let mut members = serde_json::Map::with_capacity(self.entries().len());
                for entry in self.effective_entries() {
                    members.insert(entry.key.clone(), entry.value.to_json());
                }
                serde_json::Value::Object(members)
            }
        }
    }

    /// What the value is called in messages: `string`, `mapping`.
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Sequence(_) => "list",
            Value::Mapping(_) => "mapping",
        }
    }
}

/// The parts with their `changes` made by `put`, if there are any.
pub fn changed<T: Clone, C>(
    parts: &Arc<[T]>,
    changes: impl Iterator<Item = Option<C>>,
    put: impl Fn(&mut T, C),
) -> Option<Arc<[T]>> {
    let mut copy: Option<Arc<[T]>> = None;
    for (index, change) in changes.enumerate() {
        if let Some(change) = change {
            put(&mut Arc::make_mut(copy.get_or_insert_with(|| Arc::clone(parts)))[index], change);
        }
    }
    copy
}

/// The mapping with another value for a key: in the entry that counts for it, or in a new one.
pub fn with_value(mapping: &Node, key: &str, value: Value) -> Node {
    let Value::Mapping(entries) = &mapping.value else { return mapping.clone() };
    let mut entries = entries.to_vec();
    let known = mapping.entry(key);
    let index = mapping.entries().iter().position(|entry| known.is_some_and(|known| std::ptr::eq(known, entry)));
    if let Some(index) = index {
        entries[index].value.value = value;
    } else {
        let span = mapping.span.at_start();
        let value = Node { value, span, style: ScalarStyle::Plain, tag: None };
        entries.push(Entry { key: key.to_owned(), key_span: span, value, merged: false });
    }
    Node { value: Value::Mapping(entries.into()), ..mapping.clone() }
}

/// A problem for each key that an earlier entry of the mapping has too.
fn duplicate_keys(entries: &[Entry]) -> Vec<Problem> {
    let mut order: Vec<&Entry> = entries.iter().filter(|entry| !entry.merged).collect();
    order.sort_by(|left, right| left.key.cmp(&right.key));
    let mut problems = Vec::new();
    for equal in order.chunk_by(|left, right| left.key == right.key) {
        for later in &equal[1..] {
            problems.push(Problem {
                kind: ProblemKind::DuplicateKey,
                span: later.key_span,
                message: format!("duplicate key `{}`", later.key),
                help: Some("remove one of the two".to_owned()),
                related: Some((equal[0].key_span, "first definition".to_owned())),
            });
        }
    }
    problems
}
