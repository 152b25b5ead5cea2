//! Placeholders that an author forgot to replace.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::config::{is_reference, vocabulary};

/// What people leave for the reader to replace. References to a secret store are taken out before.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\{\{[^{}]*\}\}|\{[A-Za-z][^{}]*\}",                // {YourDomain}, {{X}}
        r"|\[(?i:your|my|the|insert|enter|add)\b[^\[\]]*\]", // [Your X]
        r"|<[A-Za-z][^<>]*>",                                // <api key>
        r"|\b(?:YOUR|MY|INSERT|REPLACE)[_-][A-Z0-9_-]+\b",   // YOUR_CLIENT_ID
        r"|\b(?i:your-(?:client|api|company|domain|subdomain|account|instance|token|secret|key)[a-z-]*)\b",
        r"|^(?i:change-?_?me|replace-?_?me|todo|tbd|fixme|placeholder|example|dummy|foo|bar)$",
        r"|^[xX]{4,}$|^\*{4,}$|^\.{3,}$|^…$", // xxxx, ****
        r"|^[0-]{8,}$",                       // an all-zero GUID or key
    ))
    .expect("the pattern is a constant that the tests compile")
});

/// Where in `value` a placeholder stands, or the whole value if it is one of the documentation's
/// samples. `None` for a reference such as `${NAME}`.
pub fn find_placeholder(value: &str) -> Option<Range<usize>> {
    if is_reference(value, None) {
        return None;
    }
    let is_sample = vocabulary().sample_values.iter().any(|sample| sample == value);
    let found = PLACEHOLDER.find_iter(value).find(|found| !is_interpolated(value, found.start()));
    found.map(|found| found.range()).or_else(|| is_sample.then_some(0..value.len()))
}

/// Whether the brace at `start` belongs to `${NAME}`.
fn is_interpolated(value: &str, start: usize) -> bool {
    value[..start].ends_with('$')
}
