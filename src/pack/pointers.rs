//! Pointers with `*` into data, and the facts that they lead to.

use super::form::{OneOrMore, Role};
use super::globs::Limits;
use crate::source::Span;
use crate::tree::{Entry, Node, Value};

/// A value in data that has a role.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    /// The value.
    pub node: &'a Node,
    /// The entry that holds it, where its parent is a mapping.
    pub entry: Option<&'a Entry>,
    /// The name that its readers see.
    pub label: Option<&'a Node>,
    /// Another name of it.
    pub(super) other_name: Option<&'a Node>,
    /// Whether its label is missing.
    unlabeled: bool,
}

impl<'a> Fact<'a> {
    /// The name that its readers see; else its own text.
    pub fn name(&self) -> String {
        match self.label {
            Some(label) => text(label).unwrap_or_default(),
            None => text(self.node).or_else(|| self.key().map(str::to_owned)).unwrap_or_default(),
        }
    }

    /// Whether it has no name that a reader sees.
    pub fn is_unnamed(&self) -> bool {
        self.unlabeled
    }

    /// Its key.
    pub fn key(&self) -> Option<&'a str> {
        self.entry.map(|entry| entry.key.as_str())
    }

    /// Where a person would point to: the label, the key of a mapping, or the value.
    pub fn span(&self) -> Span {
        match (self.label, self.entry) {
            (Some(label), _) => label.span,
            (None, Some(entry)) if !is_scalar(self.node) => entry.key_span,
            _ => self.node.span,
        }
    }
}

/// Whether a value is neither a list nor a mapping.
pub(super) fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
}

/// The text of a scalar.
pub(super) fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The steps of a pointer.
pub(super) fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.strip_prefix('/').unwrap_or(pointer);
    if steps.is_empty() {
        return Vec::new();
    }
    steps.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

/// A value and the entry that holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) node: &'a Node,
    pub(super) entry: Option<&'a Entry>,
}

/// The values that steps lead to, in order.
pub(super) fn follow<'a>(from: Held<'a>, steps: &[String]) -> Vec<Held<'a>> {
    let Some((step, rest)) = steps.split_first() else { return vec![from] };
    let next: Vec<Held<'a>> = match &from.node.value {
        Value::Mapping(_) if step == "*" => {
            from.node.effective_entries().map(|entry| Held { node: &entry.value, entry: Some(entry) }).collect()
        }
        Value::Mapping(_) => {
            from.node.entry(step).map(|entry| Held { node: &entry.value, entry: Some(entry) }).into_iter().collect()
        }
        Value::Sequence(items) if step == "*" => items.iter().map(|node| Held { node, entry: None }).collect(),
        Value::Sequence(items) => {
            let item = step.parse::<usize>().ok().and_then(|index| items.get(index));
            item.map(|node| Held { node, entry: None }).into_iter().collect()
        }
        _ => Vec::new(),
    };
    next.into_iter().flat_map(|next| follow(next, rest)).collect()
}

impl Role {
    /// The facts of the role in a connector's data.
    pub fn facts<'a>(&self, data: &'a Node) -> Vec<Fact<'a>> {
        let from = Held { node: data, entry: None };
        let held = self.at.as_slice().iter().flat_map(|pointer| follow(from, &steps(pointer)));
        held.filter(|held| self.counts(held)).map(|held| self.fact(held)).collect()
    }

    fn fact<'a>(&self, held: Held<'a>) -> Fact<'a> {
        let at = |label: &String| follow(held, &steps(label)).first().map(|held| held.node);
        let labels = self.label.as_ref().map(OneOrMore::as_slice).unwrap_or_default();
        let label = labels.first().and_then(at);
        let other_name = labels.iter().skip(1).find_map(at);
        let unlabeled = !labels.is_empty() && label.is_none();
        Fact { node: held.node, entry: held.entry, label, other_name, unlabeled }
    }

    pub(super) fn counts(&self, held: &Held<'_>) -> bool {
        let key = held.entry.map_or("", |entry| entry.key.as_str());
        let has = |limits: &Limits, all: bool| {
            let mut found = limits.iter().map(|(pointer, values)| {
                let beside = follow(*held, &steps(pointer));
                values.is_empty() && !beside.is_empty()
                    || beside.iter().filter_map(|held| text(held.node)).any(|value| values.contains(&value))
            });
            if all { found.all(|found| found) } else { found.any(|found| found) }
        };
        (self.where_key.is_empty() || self.where_key.iter().any(|known| known == key))
            && self.key_pattern.as_ref().is_none_or(|pattern| pattern.is_match(key))
            && has(&self.only, true)
            && !has(&self.unless, false)
    }
}
