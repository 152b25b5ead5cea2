//! Colors of a report for people.

use anstyle::{AnsiColor, Effects, Style};

use super::Terminal;
use crate::diagnostic::Severity;

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

/// How what frames the source is set.
pub(super) fn frame() -> Style {
    AnsiColor::BrightBlue.on_default().effects(Effects::BOLD)
}
