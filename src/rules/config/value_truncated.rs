//! `config/value-truncated`

use crate::config::Config;
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};
use crate::secrets::{is_hidden_name, looks_random};
use crate::source::Span;
use crate::tree::{Entry, Node, ScalarStyle, Value};

pub const RULE: Rule = Rule::config("config/value-truncated", include_str!("value_truncated.md"), check).safe_fix();

/// More characters in one line are not looked at: there, several values share a line.
const LONGEST: usize = 1024;

/// After more commas it is a list.
const MOST_COMMAS: usize = 16;

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    if config.json {
        return;
    }
    for document in &config.documents {
        walk(config, document, found);
    }
}

fn walk(config: &Config, node: &Node, found: &mut Vec<Finding>) {
    node.items().iter().for_each(|item| walk(config, item, found));
    let entries = node.entries();
    let name = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case("Name"));
    let is_property = name.is_some();
    let has_secret = name.and_then(|name| name.value.as_str()).is_some_and(is_hidden_name);
    for (index, entry) in entries.iter().enumerate() {
        walk(config, &entry.value, found);
        let is_value = is_property && entry.key.eq_ignore_ascii_case("Value");
        if !entry.merged && (is_value || is_hidden_name(&entry.key) || entry.key.ends_with("Id")) {
            let is_secret = has_secret && is_value || is_hidden_name(&entry.key);
            found.extend(changed(config, &entries[index..], is_secret).map(|changed| changed.finding(config)));
        }
    }
}

/// A value that YAML reads as another one than is written.
struct Changed {
    /// What is written for the value, in one line.
    written: Span,
    message: &'static str,
    /// Whether the text can be nothing but the value.
    certain: bool,
}

impl Changed {
    fn finding(self, config: &Config) -> Finding {
        let text = config.source.slice(self.written);
        let quote = if text.contains('\'') { "\"" } else { "'" };
        let finding = Finding::new(self.written, self.message).help("put the value in quotes");
        if text.contains('\'') && text.contains(['"', '\\']) {
            return finding;
        }
        let edits = vec![Edit::insert_before(self.written, quote), Edit::insert_after(self.written, quote)];
        let title = "put the value in quotes";
        finding.fix(Fix::safe_if(self.certain, title, edits))
    }
}

/// What YAML makes of the value of the first of some entries.
fn changed(config: &Config, entries: &[Entry], is_secret: bool) -> Option<Changed> {
    let (entry, following) = entries.split_first()?;
    let node = &entry.value;
    if !matches!(node.style, ScalarStyle::Plain) || matches!(node.value, Value::Mapping(_) | Value::Sequence(_)) {
        return None;
    }
    if let Some(rest) = after_comma(config, node, following) {
        let message = "value cut at the comma: `,` separates entries in `{...}`";
        return Some(Changed { written: node.span.to(rest), message, certain: true });
    }
    let written = written(config, entry)?;
    let text = config.source.slice(written);
    let value = config.source.slice(node.span);
    let missing = value.is_empty() && !text.is_empty() && !text.contains([' ', '\t']);
    if missing && text.starts_with('!') && !config.references.is_reference("", node.tag.as_deref()) {
        return Some(Changed { written, message: "value read as empty: `!` starts a YAML tag", certain: true });
    }
    if missing && text.starts_with('&') {
        return Some(Changed { written, message: "value read as empty: `&` starts a YAML anchor", certain: true });
    }
    // Elsewhere a `#` is a part of the value.
    let starts_comment = |(at, _): &(usize, &str)| text[..*at].is_empty() || text[..*at].ends_with([' ', '\t']);
    if let Some((at, _)) = text.match_indices('#').find(starts_comment) {
        let (before, comment) = (&text[..at], &text[at + 1..]);
        // Several words are a comment, except in a passphrase or after a number: `silver otter #84 lane`.
        let is_word = comment.starts_with(|c: char| !c.is_whitespace())
            && (!comment.contains(char::is_whitespace)
                || is_secret && before.trim_end().contains(' ')
                || comment.split_whitespace().next().is_some_and(|first| first.bytes().all(|c| c.is_ascii_digit())));
        let message = if before.is_empty() {
            "value read as empty: `#` starts a YAML comment"
        } else {
            "value cut at ` #`: `#` starts a YAML comment"
        };
        // The number of a ticket is a comment: `acme #1234`.
        let certain = !comment.contains(char::is_whitespace) && looks_random(comment);
        let is_other_value = value == before.trim_end() && !config.references.is_reference(value, node.tag.as_deref());
        return (is_word && is_other_value).then_some(Changed { written, message, certain });
    }
    let is_number = matches!(node.value, Value::Number(_)) && text == value && node.tag.is_none();
    (is_number && overflows(value)).then_some(Changed {
        written,
        message: "value read as a number: digits lost",
        certain: true,
    })
}

/// What is written between the key and the end of its line.
fn written(config: &Config, entry: &Entry) -> Option<Span> {
    let text = config.source.text();
    let start = entry.key_span.range().end;
    let near = text[start..].char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| start + at);
    let rest = text[start..near].split_inclusive('\n').next()?.trim_end_matches(['\n', '\r']);
    if start + rest.len() == near && near < text.len() {
        return None;
    }
    let colon = rest.find(':')? + 1;
    let value = rest[colon..].trim();
    let at = start + colon + (rest[colon..].len() - rest[colon..].trim_start().len());
    let in_flow =
        !value.is_empty() && entry.value.span.range().end < at + value.len() && !value.contains([' ', '#', '!', '&']);
    (rest[..colon - 1].trim().is_empty() && !in_flow).then(|| config.source.span(at..at + value.len()))
}

/// The text after commas without a space that is the rest of the value: `{Name: A, Value: pa,RE,ST}`.
fn after_comma(config: &Config, value: &Node, following: &[Entry]) -> Option<Span> {
    let text = config.source.text();
    let mut rest = None;
    for (index, next) in following.iter().enumerate() {
        let last = rest.unwrap_or(value.span);
        let between = text.get(last.range().end..next.key_span.range().start)?;
        let is_alone =
            matches!(next.value.value, Value::Null) && !text[next.key_span.range().end..].trim_start().starts_with(':');
        if between != "," || !is_alone || value.span.is_empty() {
            break;
        }
        if index == MOST_COMMAS {
            return None;
        }
        rest = Some(next.key_span);
    }
    rest
}

/// Whether a number cannot be written back as it is: `.inf`, `.nan`, `12e400`.
fn overflows(number: &str) -> bool {
    let lower = number.to_ascii_lowercase();
    lower.contains("inf") || lower.contains("nan") || number.parse::<f64>().is_ok_and(f64::is_infinite)
}
