//! Properties in other forms than a list of names and values: a mapping, or a list of single keys.
//!
//! What is meant is plain, so the rest of the configuration is judged as if it were written in the right form.

use std::sync::Arc;

use crate::profile::{fold, is_same};
use crate::source::Span;
use crate::tree::{Entry, Node, ScalarStyle, Value, changed};

/// The key of the list of properties.
const KEY: &str = "Properties";

/// A list of properties in another form.
#[derive(Debug)]
pub(super) struct Misshaped {
    /// The key of the list.
    pub(super) span: Span,
    /// The name of its first property.
    pub(super) first: String,
}

/// Rewrites the properties of a document, or of each connector in it, as a list of names and values.
pub(super) fn normalise(document: &mut Node) -> Vec<Misshaped> {
    let mut found = Vec::new();
    if let Some(value) = visited(&document.value, &mut found) {
        document.value = value;
    }
    found
}

/// The value with its properties rewritten; `None` where nothing changes, so that it stays shared.
fn visited(value: &Value, found: &mut Vec<Misshaped>) -> Option<Value> {
    match value {
        Value::Mapping(entries) => {
            let changes = entries.iter().map(|entry| {
                if let Some((items, first)) = rewritten(entry) {
                    found.push(Misshaped { span: entry.key_span, first });
                    return Some(Value::Sequence(items));
                }
                let is_open = entry.value.tag.is_none() && !is_same(&entry.key, KEY);
                if is_open { visited(&entry.value.value, found) } else { None }
            });
            changed(entries, changes, |entry, value| entry.value.value = value).map(Value::Mapping)
        }
        Value::Sequence(items) => {
            let changes = items.iter().map(|item| visited(&item.value, found));
            changed(items, changes, |item, value| item.value = value).map(Value::Sequence)
        }
        _ => None,
    }
}

/// The properties as a list of names and values, and the first name; `None` where they are one already.
fn rewritten(entry: &Entry) -> Option<(Arc<[Node]>, String)> {
    if !is_same(&entry.key, KEY) || entry.value.tag.is_some() {
        return None;
    }
    let pairs: Vec<&Entry> = match &entry.value.value {
        Value::Mapping(entries) => entries.iter().collect(),
        Value::Sequence(items) => {
            let single = |item: &Node| item.entries().len() == 1 && is_name(&item.entries()[0]);
            let all = !items.is_empty() && items.iter().all(single);
            all.then(|| items.iter().map(|item| &item.entries()[0]).collect())?
        }
        _ => return None,
    };
    if pairs.is_empty() || !pairs.iter().all(|pair| is_name(pair)) {
        return None;
    }
    Some((pairs.iter().map(|pair| item(pair)).collect(), pairs[0].key.clone()))
}

/// Whether a pair is the name of a property and its value, and no key of the list's own items.
fn is_name(pair: &Entry) -> bool {
    let own = ["name", "value", "id", "providedby", "ref"];
    !own.contains(&fold(&pair.key).as_str()) && !pair.key.starts_with("Fn::") && pair.value.entries().is_empty()
}

fn item(pair: &Entry) -> Node {
    let scalar = |value, span| Node { value, span, style: ScalarStyle::Plain, tag: None };
    let entry = |key: &str, value| Entry { key: key.to_owned(), key_span: pair.key_span, value, merged: pair.merged };
    let name = entry("Name", scalar(Value::String(pair.key.clone()), pair.key_span));
    let value = entry("Value", pair.value.clone());
    scalar(Value::Mapping([name, value].into()), pair.key_span.to(pair.value.span))
}
