//! `config/whitespace-in-value`

use crate::config::{Config, Text};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};
use crate::rules::joiners;
use crate::tree::{Node, ScalarStyle, Value};

pub const RULE: Rule =
    Rule::config("config/whitespace-in-value", include_str!("whitespace_in_value.md"), check).warning().safe_fix();

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
    let has_stray = has_stray(value);
    if value.trim() == value && !has_stray {
        return None;
    }
    // A key or certificate is written over several lines, and its last line ending means nothing.
    let is_block = node.style == ScalarStyle::Block;
    let is_text = value.trim_end_matches('\n').contains('\n') && (is_block || !has_stray);
    if is_text || is_block && !value.ends_with('\n') {
        return None;
    }
    // A value of spaces only would become empty.
    if value.trim().chars().all(is_invisible) {
        return None;
    }
    let (message, help) = if has_stray {
        ("invisible characters in the value", "remove them")
    } else if value.ends_with('\n') {
        ("line break at the end of the value", "remove it")
    } else {
        ("spaces around the value", "remove them")
    };
    let finding = Finding::new(node.span, message).help(help);
    let edits = edits(config, node, value);
    Some(if edits.is_empty() { finding } else { finding.fix(Fix::safe(help, edits)) })
}

fn has_stray(value: &str) -> bool {
    value.char_indices().any(|(at, c)| is_stray(value, at, c))
}

fn is_stray(value: &str, at: usize, character: char) -> bool {
    is_invisible(character) && !joiners::belongs(value, at, character)
}

/// No-break spaces, zero-width characters, soft hyphens, byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{202f}' | '\u{feff}')
}

/// Removes only the extra characters; the value itself is not rewritten.
fn edits(config: &Config, node: &Node, value: &str) -> Vec<Edit> {
    if node.style == ScalarStyle::Block {
        // `|` keeps the last line ending, `|-` does not.
        let header = config.source.slice(node.span).chars().take_while(|c| matches!(c, '|' | '>')).count();
        let after = node.span.range().start + header;
        if has_stray(value) {
            return Vec::new();
        }
        let plain = config.source.slice(node.span)[header..].starts_with(['\n', '\r', ' ']);
        return plain.then(|| Edit::insert_before(config.source.span(after..after), "-")).into_iter().collect();
    }
    let Some(text) = Text::new(node, &config.source).filter(|text| text.inner().is_some()) else {
        return Vec::new();
    };
    let inside = value.len() - value.trim_start().len()..value.trim_end().len();
    let around = [0..inside.start, inside.end..value.len()].into_iter().filter(|range| !range.is_empty());
    let invisible = value.char_indices().filter(|(at, c)| inside.contains(at) && is_stray(value, *at, *c));
    let mut ranges: Vec<_> = around.chain(invisible.map(|(at, c)| at..at + c.len_utf8())).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.into_iter().map(|range| Edit::remove(text.part(range))).collect()
}
