//! The line that closes a report for people: how much was found, and what was left out of it.

use anstyle::{AnsiColor, Effects, Style};

use super::{Summary, Terminal};
use crate::diagnostic::Severity;

/// The line that closes the report.
pub(super) fn end(summary: &Summary, terminal: Terminal) -> String {
    let files = counted(summary.files, "file");
    if summary.findings() == 0 {
        let clean = paint("no findings", AnsiColor::Green.on_default(), terminal);
        return format!("{clean} in {files}{}\n{}", asides(summary), unchecked(summary));
    }
    let parts =
        [(summary.errors, Severity::Error), (summary.warnings, Severity::Warning), (summary.infos, Severity::Info)];
    let counts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| paint(&counted(count, severity.name()), style_of(severity), terminal))
        .collect();
    let (found, checked) = (summary.files_with_findings, summary.files);
    let files = if found < checked { format!("{found} of {files}") } else { files };
    format!("{} in {files}{}\n{}", counts.join(", "), asides(summary), unchecked(summary))
}

/// What was not checked.
fn unchecked(summary: &Summary) -> &'static str {
    if summary.without_site == 0 { "" } else { "links to other pages were not checked: no site root found\n" }
}

/// What else is worth knowing about a run, in brackets.
fn asides(summary: &Summary) -> String {
    let with_a_look =
        if summary.fixable > 0 { "more with `--unsafe-fixes`" } else { "fixable with `--fix --unsafe-fixes`" };
    let parts = [
        (summary.fixable, "fixable with `--fix`"),
        (summary.fixable_with_a_look, with_a_look),
        (summary.suppressed, "suppressed"),
        (summary.baselined, "in the baseline"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// How the word for a severity is set.
pub(super) fn style_of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    color.on_default().effects(Effects::BOLD)
}

/// The text in a style, on a terminal that shows one.
pub(super) fn paint(text: &str, style: Style, terminal: Terminal) -> String {
    if terminal.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
