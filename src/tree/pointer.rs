//! Follows a JSON pointer (RFC 6901) through a tree.

use crate::tree::{Entry, Node, Value};

/// Where a JSON pointer leads.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub node: &'a Node,
    /// The entry that holds the value, where its parent is a mapping.
    pub entry: Option<&'a Entry>,
}

/// The key that a step of a pointer is written for.
pub fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

impl Node {
    /// The place that `pointer` names from here: `""` is this node, `/Scopes/0` the first item of
    /// `Scopes`. `None` where there is nothing.
    ///
    /// A step is a key or an index by the kind of value it meets, so that a key `0` is found too.
    pub fn at_pointer(&self, pointer: &str) -> Option<Place<'_>> {
        let mut place = Place { node: self, entry: None };
        let Some(steps) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(place);
        };
        for step in steps.split('/') {
            place = match &place.node.value {
                Value::Mapping(_) => {
                    let entry = place.node.entry(&unescaped(step))?;
                    Place { node: &entry.value, entry: Some(entry) }
                }
                Value::Sequence(items) => Place { node: items.get(step.parse::<usize>().ok()?)?, entry: None },
                _ => return None,
            };
        }
        Some(place)
    }
}
