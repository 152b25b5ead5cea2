//! Workflow commands of GitHub Actions: each finding becomes an annotation of its line.
//!
//! Form and escapes are those of `ActionCommand` in github.com/actions/runner.

use super::Renderer;
use super::redact::Entry;
use super::visible::{inert_value, lines, one_line};
use crate::diagnostic::Severity;

/// A finding as a command on its line.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let (start, end) = (entry.primary.start(), entry.primary.end());
    let command = match entry.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let path = property(&one_line(&renderer.context.path_from_root(entry.primary.file.path())));
    let place = format!("file={path},line={},endLine={},col={}", start.line, end.line, start.column);
    // Only an annotation within one line has a column where it ends.
    let end = if start.line == end.line { format!(",endColumn={}", end.column) } else { String::new() };
    format!("::{command} {place}{end},title={}::{}\n", property(entry.rule), data(lines(&entry.described())))
}

fn data(text: String) -> String {
    inert_value(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text.to_owned()).replace(':', "%3A").replace(',', "%2C")
}
