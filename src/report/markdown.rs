//! A report in Markdown, for a comment on a change or the summary of a job: each file a heading, each
//! finding an item.

use super::Context;
use super::encode::relative;
use super::redact::Entry;
use super::visible::one_line;
use crate::diagnostic::{Applicability, rule_url};

/// What means something in the Markdown of GitHub and GitLab, HTML and entities with it.
const SPECIAL: &str = "\\`*_{}[]()<>#+-.!|~&$^:=";

pub(super) fn file(entries: &[Entry], context: Context) -> Vec<String> {
    let path = relative(entries[0].primary.file.path(), context.folder);
    let items: String = entries.iter().map(item).collect();
    vec![format!("### {}\n\n{items}\n", code(&one_line(path)))]
}

fn item(entry: &Entry) -> String {
    let start = entry.primary.start();
    let rule = match rule_url(entry.rule) {
        Some(url) => format!("[{}]({url})", entry.rule),
        None => code(entry.rule),
    };
    let severity = entry.severity.name();
    let mut out = format!("- **{severity}** {}:{} {rule}: {}\n", start.line, start.column, prose(&entry.message));
    if let Some(help) = &entry.help {
        out.extend(["  - ", &prose(help), "\n"]);
    }
    if entry.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe) {
        out.push_str("  - fixable with `--fix`\n");
    }
    out
}

/// A message, in which the content of backticks is code and nothing else is markup.
fn prose(message: &str) -> String {
    let message = one_line(message);
    let mut out = String::with_capacity(message.len() + 16);
    let mut rest = message.as_str();
    while let Some((before, following)) = rest.split_once('`') {
        out.push_str(&escaped(before));
        let Some((quoted, following)) = following.split_once('`').filter(|(quoted, _)| !quoted.is_empty()) else {
            out.push_str("\\`");
            rest = following;
            continue;
        };
        // Two spans side by side would be read as one.
        if out.ends_with('`') {
            out.push(' ');
        }
        out.push_str(&code(quoted));
        rest = following;
    }
    out.push_str(&escaped(rest));
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if SPECIAL.contains(character) {
            out.push('\\');
        }
        out.push(character);
        if character == '@' {
            // Nothing else keeps the name after it from being notified.
            out.push_str("<!-- -->");
        }
    }
    out
}

/// A code span (CommonMark, section 6.1): fenced by more backticks than are in it side by side.
fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
