//! `config/yaml-1-1-ambiguity`

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::config::Config;
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};
use crate::source::Span;
use crate::tree::{Node, ScalarStyle, Value};

pub const RULE: Rule =
    Rule::config("config/yaml-1-1-ambiguity", include_str!("yaml_1_1_ambiguity.md"), check).warning().safe_fix();

macro_rules! pattern {
    ($pattern:literal) => {
        LazyLock::new(|| Regex::new($pattern).expect("the patterns are constants that the tests compile"))
    };
}

/// Plain scalars that YAML 1.2 reads as strings and YAML 1.1 (yaml.org/type) as something else, and
/// that begin like a number: each with characters of which it has one, and what it is read as.
static NUMERIC: [(LazyLock<Regex>, [char; 2], &str); 3] = [
    (pattern!(r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ]\S.*)?$"), ['-', '-'], "a date"),
    (pattern!(r"^[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$"), [':', ':'], "a number in base 60"),
    (pattern!(r"^[-+]?(?:0b[01_]+|[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?)$"), ['b', '_'], "a number"),
];

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    if config.json {
        return;
    }
    // A value that is already reported to be of the wrong type is not reported twice.
    let reported: HashSet<Span> = config.violations().map(|violation| violation.span).collect();
    for body in config.bodies.iter().filter(|body| body.detection.shape().is_some()) {
        walk(config, &body.node, &reported, found);
    }
}

fn walk(config: &Config, node: &Node, reported: &HashSet<Span>, found: &mut Vec<Finding>) {
    match &node.value {
        Value::Mapping(entries) => entries.iter().for_each(|entry| walk(config, &entry.value, reported, found)),
        Value::Sequence(items) => items.iter().for_each(|item| walk(config, item, reported, found)),
        Value::String(text)
            if node.style == ScalarStyle::Plain && node.tag.is_none() && !reported.contains(&node.span) =>
        {
            // An explicit tag leaves no doubt; it is before the value.
            let tagged = config.source.text()[..node.span.range().start].trim_end().ends_with("!!str");
            if let Some(other) = other_type(text).filter(|_| !tagged) {
                found.push(finding(node, text, other));
            }
        }
        _ => {}
    }
}

/// What readers of YAML 1.1 take a plain scalar for, if not for a string.
fn other_type(text: &str) -> Option<&'static str> {
    const BOOLEANS: [&str; 16] =
        ["y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"];
    if BOOLEANS.contains(&text) {
        return Some("a boolean");
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let is_read_so = |pattern: &Regex, marks: &[char; 2]| text.contains(marks) && pattern.is_match(text);
    NUMERIC.iter().find(|(pattern, marks, _)| is_read_so(pattern, marks)).map(|(_, _, other)| *other)
}

fn finding(node: &Node, text: &str, other: &str) -> Finding {
    let edits = vec![Edit::insert_before(node.span, "\""), Edit::insert_after(node.span, "\"")];
    Finding::new(node.span, format!("ambiguous value: YAML 1.1 reads `{text}` as {other}"))
        .help("put the value in quotes")
        .fix(Fix::safe("put the value in quotes", edits))
}
