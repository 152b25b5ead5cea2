//! Pointers with `*` into data, and the facts that they lead to.

use super::form::Role;
use super::globs::Limits;
use crate::contract::AuthKind;
use crate::source::Span;
use crate::tree::{Entry, Node, Place, Value, unescaped};

/// The shortest key that names its value on a page: shorter ones (`id`, `key`) are words of any text.
const SHORTEST_KEY: usize = 4;

/// A value in data that has a role.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    pub node: &'a Node,
    /// The entry that holds it, where its parent is a mapping.
    pub entry: Option<&'a Entry>,
    /// The name that its readers see.
    pub label: Option<&'a Node>,
    /// Another name of it.
    pub(super) other_name: Option<&'a Node>,
    /// The value that demands look at.
    value: Option<&'a Node>,
    /// The key that is beside it.
    key: Option<&'a Node>,
    /// The part of the text that it is, where one text has several values.
    part: Option<&'a str>,
    /// Whether its label is missing.
    unlabeled: bool,
    /// Whether only its whole label names it.
    whole_label: bool,
    named_by_key: bool,
}

impl<'a> Fact<'a> {
    /// The name that its readers see; else its own text.
    pub fn name(&self) -> String {
        match self.label {
            None if self.part.is_some() => self.text().unwrap_or_default(),
            Some(label) => text(label).unwrap_or_default(),
            None => text(self.node).or_else(|| self.key().map(str::to_owned)).unwrap_or_default(),
        }
    }

    /// Whether it has no name that a reader sees.
    pub fn is_unnamed(&self) -> bool {
        self.unlabeled
    }

    /// The names by which a page may name it: its name, then its name up to a parenthesis and its key, unless only the
    /// first counts.
    pub(super) fn names_for_readers<'b>(&self, name: &'b str) -> impl Iterator<Item = &'b str>
    where
        'a: 'b,
    {
        let bare = name.split(['(', '[']).next().unwrap_or(name);
        let key = self.key().map(|key| key.rsplit(':').next().unwrap_or(key));
        let key = key.filter(|key| self.named_by_key && key.len() >= SHORTEST_KEY);
        let others = [Some(bare), key].into_iter().flatten().filter(|_| !self.whole_label);
        std::iter::once(name).chain(others)
    }

    /// The value that demands look at: its own, or that beside it.
    pub(super) fn value(&self) -> &'a Node {
        self.value.unwrap_or(self.node)
    }

    /// The text that demands look at.
    pub(super) fn text(&self) -> Option<String> {
        self.part.map(str::to_owned).or_else(|| text(self.value()))
    }

    /// Whether values beside it are among those that are listed for one of them; without any, whether they are there.
    pub(super) fn has(&self, limits: &Limits) -> bool {
        has(&Place { node: self.node, entry: self.entry }, limits).any(|has| has)
    }

    pub fn key(&self) -> Option<&'a str> {
        let beside = self.key.and_then(Node::as_str);
        beside.or_else(|| self.entry.map(|entry| entry.key.as_str()))
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
pub fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

pub(super) fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.strip_prefix('/').unwrap_or(pointer);
    if steps.is_empty() {
        return Vec::new();
    }
    steps.split('/').map(unescaped).collect()
}

/// The values that steps lead to, in order.
pub(super) fn follow<'a>(from: Place<'a>, steps: &[String]) -> Vec<Place<'a>> {
    let Some((step, rest)) = steps.split_first() else { return vec![from] };
    let next: Vec<Place<'a>> = match &from.node.value {
        Value::Mapping(_) if step == "*" => {
            from.node.effective_entries().map(|entry| Place { node: &entry.value, entry: Some(entry) }).collect()
        }
        Value::Mapping(_) => {
            from.node.entry(step).map(|entry| Place { node: &entry.value, entry: Some(entry) }).into_iter().collect()
        }
        Value::Sequence(items) if step == "*" => items.iter().map(|node| Place { node, entry: None }).collect(),
        Value::Sequence(items) => {
            let item = step.parse::<usize>().ok().and_then(|index| items.get(index));
            item.map(|node| Place { node, entry: None }).into_iter().collect()
        }
        _ => Vec::new(),
    };
    next.into_iter().flat_map(|next| follow(next, rest)).collect()
}

impl Role {
    /// The facts of the role in a connector's data.
    pub fn facts<'a>(&self, data: &'a Node) -> Vec<Fact<'a>> {
        let from = Place { node: data, entry: None };
        let held = self.at.as_slice().iter().flat_map(|pointer| follow(from, &steps(pointer)));
        let facts = held.filter(|held| self.counts(held)).map(|held| self.fact(held));
        match self.separator.as_deref() {
            Some(separator) => facts.flat_map(|fact| parts(fact, separator)).collect(),
            None => facts.collect(),
        }
    }

    fn fact<'a>(&self, held: Place<'a>) -> Fact<'a> {
        let at = |label: &String| follow(held, &steps(label)).first().map(|held| held.node);
        let labels = self.labels();
        let label = labels.first().and_then(at);
        let other_name = labels.iter().skip(1).find_map(at);
        let unlabeled = !labels.is_empty() && label.is_none();
        let (value, key) = (self.value.as_ref().and_then(at), self.key.as_ref().and_then(at));
        Fact {
            node: held.node,
            entry: held.entry,
            label,
            other_name,
            value,
            key,
            part: None,
            unlabeled,
            whole_label: self.whole_label,
            named_by_key: self.where_key.is_empty(),
        }
    }

    /// Whether it is looked for in the items of a list that is all of the data.
    pub fn may_be_in_list(&self) -> bool {
        self.at.as_slice().iter().any(|pointer| pointer.starts_with("/*"))
    }

    /// Whether its facts mean kinds of authentication.
    pub(super) fn tells_kinds(&self) -> bool {
        !self.values.is_empty() || !self.keys.is_empty()
    }

    /// The kinds of authentication that it may mean.
    pub(super) fn all_kinds(&self) -> impl Iterator<Item = AuthKind> {
        self.values.values().chain(self.keys.values()).copied().chain(self.otherwise)
    }

    /// The kinds of authentication that facts mean, each once, with the first fact of each.
    pub(super) fn kinds<'b, 'a>(&self, facts: &'b [Fact<'a>]) -> Vec<(AuthKind, Option<&'b Fact<'a>>)> {
        let kind = |fact: &Fact<'_>| {
            let by_key = fact.key().and_then(|key| self.keys.get(key));
            by_key.or_else(|| self.values.get(&fact.text()?)).copied()
        };
        let mut found: Vec<(AuthKind, Option<&Fact<'_>>)> = Vec::new();
        for (kind, fact) in facts.iter().filter_map(|fact| Some((kind(fact)?, fact))) {
            if found.iter().all(|(known, _)| *known != kind) {
                found.push((kind, Some(fact)));
            }
        }
        if facts.is_empty() {
            found.extend(self.otherwise.map(|kind| (kind, None)));
        }
        found
    }

    pub(super) fn counts(&self, held: &Place<'_>) -> bool {
        let key = held.entry.map_or("", |entry| entry.key.as_str());
        (self.where_key.is_empty() || self.where_key.iter().any(|known| known == key))
            && self.key_pattern.as_ref().is_none_or(|pattern| pattern.is_match(key))
            && has(held, &self.only).all(|has| has)
            && !has(held, &self.unless).any(|has| has)
    }
}

/// The facts of a text with several values.
fn parts<'a>(fact: Fact<'a>, separator: &str) -> Vec<Fact<'a>> {
    let Some(text) = fact.value().as_str() else { return vec![fact] };
    let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Fact { part: Some(part), ..fact }).collect()
}

/// Whether each of the values beside a datum is listed; without any in the list, whether it is there.
fn has<'a>(held: &'a Place<'_>, limits: &'a Limits) -> impl Iterator<Item = bool> + 'a {
    limits.iter().map(|(pointer, values)| {
        let beside = follow(*held, &steps(pointer));
        values.is_empty() && !beside.is_empty()
            || beside.iter().filter_map(|held| text(held.node)).any(|value| values.contains(&value))
    })
}
