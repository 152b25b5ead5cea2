//! The report for people: severity and rule first, the source with every place labelled, what to do.
//!
//! miette draws; this module says what. Colours and width are decided by the caller.

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::mask::{Entry, Place};
use super::snippet::{CONTEXT, Excerpt};
use super::visible::{lines, one_line};
use super::{Summary, Terminal};
use crate::diagnostic::{Applicability, Fix, Severity, rule_url};

/// What stands left of a line of source: margin, line number, rule.
const GUTTER: usize = 10;

/// Lines of source get at least this many columns, however narrow the terminal is.
const NARROWEST: usize = 40;

/// A diagnostic, drawn.
pub(super) fn entry(entry: &Entry, terminal: Terminal) -> String {
    let places: Vec<&Place> = std::iter::once(&entry.primary).chain(&entry.labels).collect();
    let width = terminal.width.saturating_sub(GUTTER).max(NARROWEST);
    let excerpt = Excerpt::new(&places, &entry.secrets, width);
    let handler = GraphicalReportHandler::new_themed(theme(entry, &excerpt, terminal.color))
        .with_width(terminal.width.max(NARROWEST))
        .with_context_lines(CONTEXT)
        .with_links(false)
        .without_syntax_highlighting();
    let drawn = Drawn { entry, message: one_line(&entry.message), excerpt };
    let mut out = String::new();
    // Writing into a string cannot fail, and the excerpt can read each of its labels.
    let _ = handler.render_report(&mut out, &drawn);
    if let Some(fix) = &entry.fix {
        out.push_str(&fix_line(fix, terminal));
    }
    out.push_str(&page_line(entry.rule, terminal));
    out
}

/// The line that closes the report.
pub(super) fn end(summary: &Summary, terminal: Terminal) -> String {
    let files = counted(summary.files, "file");
    if summary.findings() == 0 {
        let clean = paint("no findings", AnsiColor::Green.on_default(), terminal);
        return format!("{clean} in {files}{}\n", asides(summary));
    }
    let parts = [
        (summary.errors, "error", AnsiColor::Red),
        (summary.warnings, "warning", AnsiColor::Yellow),
        (summary.infos, "info", AnsiColor::Cyan),
    ];
    let counts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, word, color)| paint(&counted(count, word), color.on_default().effects(Effects::BOLD), terminal))
        .collect();
    format!("{} in {files}{}\n", counts.join(", "), asides(summary))
}

/// What else is worth knowing about a run, in brackets.
fn asides(summary: &Summary) -> String {
    let parts = [
        (summary.fixable, "fixable with `--fix`"),
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

fn fix_line(fix: &Fix, terminal: Terminal) -> String {
    let option = match fix.applicability {
        Applicability::Safe => "--fix",
        Applicability::Unsafe => "--unsafe-fixes, needs a look",
    };
    format!("{} {} ({option})\n", paint("   fix:", style_of_help(), terminal), one_line(&fix.title))
}

fn page_line(rule: &str, terminal: Terminal) -> String {
    format!("{} {}\n", paint("   see:", style_of_help(), terminal), rule_url(rule))
}

fn style_of_help() -> Style {
    AnsiColor::Cyan.on_default()
}

fn paint(text: &str, style: Style, terminal: Terminal) -> String {
    if terminal.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The theme for one diagnostic: its title in place of miette's icon, the primary label in the colour of
/// the severity.
fn theme(entry: &Entry, excerpt: &Excerpt, color: bool) -> GraphicalTheme {
    let mut theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let title = format!("{}[{}]:", entry.severity.name(), entry.rule);
    let (icon, style) = match entry.severity {
        Severity::Error => (&mut theme.characters.error, theme.styles.error),
        Severity::Warning => (&mut theme.characters.warning, theme.styles.warning),
        Severity::Info => (&mut theme.characters.advice, theme.styles.advice),
    };
    *icon = title;
    let style = if color { style.bold() } else { style };
    (theme.styles.error, theme.styles.warning, theme.styles.advice) = (style, style, style);
    let other = theme.styles.help;
    theme.styles.highlights = excerpt.primaries().map(|primary| if primary { style } else { other }).collect();
    if theme.styles.highlights.is_empty() {
        theme.styles.highlights.push(style);
    }
    theme
}

/// A diagnostic as miette sees it.
struct Drawn<'a> {
    entry: &'a Entry,
    message: String,
    excerpt: Excerpt,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.entry.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.entry.help.as_deref()?;
        // The line about the fix says the same and how to have it done.
        let told = self.entry.fix.as_ref().is_some_and(|fix| fix.title == help);
        (!told).then(|| Box::new(lines(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}
