//! `config/whitespace-in-value`

use crate::config::{Config, Text};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::tree::{Node, ScalarStyle, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/whitespace-in-value",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("whitespace_in_value.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        walk(configuration.config, &installation.node, found);
    }
}

fn walk(config: &Config, node: &Node, found: &mut Vec<Finding>) {
    match &node.value {
        Value::Mapping(entries) => {
            entries
                .iter()
                .filter(|entry| entry.key != "Description")
                .for_each(|entry| walk(config, &entry.value, found));
        }
        Value::Sequence(items) => items.iter().for_each(|item| walk(config, item, found)),
        Value::String(value) => found.extend(finding(config, node, value)),
        _ => {}
    }
}

fn finding(config: &Config, node: &Node, value: &str) -> Option<Finding> {
    // A key or certificate is written over several lines, and its last line ending means nothing.
    let lines = value.trim_end_matches('\n').lines().count();
    if node.style == ScalarStyle::Block && (lines > 1 || !value.ends_with('\n')) {
        return None;
    }
    let clean: String = value.trim().chars().filter(|c| !is_invisible(*c)).collect();
    if clean == value || clean.is_empty() {
        return None;
    }
    let message = if value.chars().any(is_invisible) {
        "invisible characters in the value"
    } else if value.ends_with('\n') {
        "the value ends with a line break"
    } else {
        "white space around the value"
    };
    let finding = Finding::new(node.span, message).help("remove it: it becomes part of what is sent");
    Some(match edit(config, node, &clean) {
        Some(edit) => finding.fix(Fix::safe("remove it", vec![edit])),
        None => finding,
    })
}

/// No-break spaces, zero-width characters, soft hyphens, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{202f}' | '\u{feff}')
}

fn edit(config: &Config, node: &Node, clean: &str) -> Option<Edit> {
    if node.style == ScalarStyle::Block {
        // `|` keeps the last line ending, `|-` does not.
        let header = config.source.slice(node.span).chars().take_while(|c| matches!(c, '|' | '>')).count();
        let behind = node.span.range().start + header;
        let plain = config.source.slice(node.span)[header..].starts_with(['\n', '\r', ' ']);
        return plain.then(|| Edit::insert_before(config.source.span(behind..behind), "-"));
    }
    let inner = Text::new(node, &config.source)?.inner()?;
    Some(Edit::replace(inner, clean))
}
