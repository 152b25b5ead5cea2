//! Placeholders that an author forgot to replace.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::config::{is_reference, vocabulary};

/// What people leave for the reader to replace inside a value. References to a secret store are taken
/// out before.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\{\{[^{}]*\}\}|\{[A-Za-z][^{}]*\}",                // {YourDomain}, {{X}}
        r"|\[(?i:your|my|the|insert|enter|add)\b[^\[\]]*\]", // [Your X]
        r"|<[A-Za-z][^<>]*>",                                // <api key>
        r"|\b(?:YOUR|MY|INSERT|REPLACE)[_-][A-Z0-9_-]+\b",   // YOUR_CLIENT_ID
        r"|\b(?i:your-(?:client|api|company|domain|subdomain|account|instance|token|secret|key)[a-z-]*)\b",
    ))
    .expect("the pattern is a constant that the tests compile")
});

/// Where in `value` a placeholder stands, or the whole value if it is a stand-in or one of the
/// documentation's samples. `None` for a reference such as `${NAME}`.
pub fn find_placeholder(value: &str) -> Option<Range<usize>> {
    if is_reference(value, None) {
        return None;
    }
    let whole = || is_stand_in(value) || vocabulary().sample_values.iter().any(|sample| sample == value);
    inside(value).or_else(|| whole().then_some(0..value.len()))
}

fn inside(value: &str) -> Option<Range<usize>> {
    // Most values have none of the marks of a placeholder and need not be searched.
    let marks = ["your-", "your_", "my-", "my_", "insert-", "insert_", "replace-", "replace_"];
    let lower = value.to_ascii_lowercase();
    if !value.contains(['{', '[', '<']) && !marks.iter().any(|mark| lower.contains(mark)) {
        return None;
    }
    PLACEHOLDER.find_iter(value).find(|found| !is_interpolated(value, found.start())).map(|found| found.range())
}

/// Whether a value only holds the place of another: `changeme`, `xxxx`, `****`, a GUID of zeros.
fn is_stand_in(value: &str) -> bool {
    let is_all = |least: usize, filler: &[char]| value.len() >= least && value.chars().all(|c| filler.contains(&c));
    let lower = value.to_ascii_lowercase();
    let me = ["change", "replace"].iter().find_map(|verb| lower.strip_prefix(verb)?.strip_suffix("me"));
    me.is_some_and(|between| matches!(between, "" | "-" | "_" | "-_"))
        || matches!(
            lower.as_str(),
            "todo" | "tbd" | "fixme" | "placeholder" | "example" | "dummy" | "foo" | "bar" | "…"
        )
        || is_all(4, &['x', 'X'])
        || is_all(4, &['*'])
        || is_all(3, &['.'])
        || is_all(8, &['0', '-'])
}

/// Whether the brace at `start` belongs to `${NAME}`.
fn is_interpolated(value: &str, start: usize) -> bool {
    value[..start].ends_with('$')
}
