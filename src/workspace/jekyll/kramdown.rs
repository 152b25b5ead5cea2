//! The options of kramdown that a site sets.

use super::super::addresses::strings;
use crate::dialects::kramdown::Options;
use crate::tree::{Node, Value};

/// The options under `kramdown:` that change how a page is read.
pub(super) fn read(node: Option<&Node>) -> Options {
    let mut options = Options::default();
    for entry in node.into_iter().flat_map(Node::entries) {
        let value = match &entry.value.value {
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::String(value) => value.clone(),
            _ => strings(&entry.value).join(","),
        };
        options.set_for_site(&entry.key, &value);
    }
    options
}
