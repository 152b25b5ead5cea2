//! The report for people: severity and rule first, the source with every place labelled, why it matters,
//! what to do, and what the fix would change.
//!
//! miette draws the source; this module says what stands around it. Colours and width are decided by
//! the caller.

use std::fmt;

use anstyle::{AnsiColor, Style};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::change;
use super::redact::{Entry, Place};
use super::snippet::{CONTEXT, Excerpt};
use super::totals::{paint, style_of};
use super::visible::{lines, one_line};
use super::{Context, Terminal};
use crate::diagnostic::{Applicability, Fix, Severity, rule_url};

/// What stands left of a line of source: margin, line number, rule.
const GUTTER: usize = 10;

/// The report gets at least this many columns, however narrow the terminal is.
const NARROWEST: usize = 40;

/// How far the lines behind the first one of a text are indented.
const HANGING: usize = 2;

/// The columns of the words `help:`, `fix:` and the like, which end at one place.
const NAMES: usize = 7;

/// A diagnostic, drawn.
pub(super) fn entry(entry: &Entry, context: Context, terminal: Terminal) -> String {
    let terminal = Terminal { width: terminal.width.max(NARROWEST), ..terminal };
    let mut out = title(entry, terminal);
    out.push_str(&source(entry, terminal));
    if let Some(rule) = context.rule(entry.rule).filter(|rule| !rule.why.is_empty()) {
        out.push_str(&note("why:", &rule.why, terminal));
    }
    if let Some(help) = entry.help_beside_fix() {
        out.push_str(&note("help:", help, terminal));
    }
    if let Some(fix) = &entry.fix {
        out.push_str(&note("fix:", &offer(fix), terminal));
        out.push_str(&change::diff(entry, terminal));
    }
    if !terminal.hyperlinks {
        // An address that is cut in two leads nowhere, so it is not wrapped.
        out.extend([&name("see:", terminal), " ", &rule_url(entry.rule), "\n"]);
    }
    if terminal.unicode { out } else { ascii(&out) }
}

/// What was found, behind severity and rule.
fn title(entry: &Entry, terminal: Terminal) -> String {
    let prefix = format!("{}[{}]:", entry.severity.name(), entry.rule);
    let text = wrapped(&format!("{prefix} {}", one_line(&entry.message)), terminal.width, HANGING);
    // Nothing in the prefix lets it be broken but a very narrow terminal.
    let Some(message) = text.strip_prefix(&prefix) else { return text + "\n" };
    let rule = if terminal.hyperlinks {
        format!("\u{1b}]8;;{}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", rule_url(entry.rule), entry.rule)
    } else {
        entry.rule.to_owned()
    };
    let prefix = format!("{}[{rule}]:", entry.severity.name());
    format!("{}{}\n", paint(&prefix, style_of(entry.severity), terminal), paint(message, Style::new().bold(), terminal))
}

/// A text of several lines behind its name.
fn note(what: &str, text: &str, terminal: Terminal) -> String {
    let indent = NAMES + 1;
    let text = lines(text);
    let options = wrapping(terminal.width.saturating_sub(indent));
    let between = format!("\n{}", " ".repeat(indent));
    let wrapped: Vec<_> = text.lines().flat_map(|line| textwrap::wrap(line, &options)).collect();
    [&name(what, terminal), " ", &wrapped.join(&between), "\n"].concat()
}

fn name(what: &str, terminal: Terminal) -> String {
    paint(&format!("{what:>NAMES$}"), AnsiColor::Cyan.on_default(), terminal)
}

/// What a fix does and how to have it done.
fn offer(fix: &Fix) -> String {
    let option = match fix.applicability {
        Applicability::Safe => "--fix",
        Applicability::Unsafe => "--unsafe-fixes, needs a look",
    };
    format!("{} ({option})", one_line(&fix.title))
}

fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let indent = " ".repeat(indent);
    textwrap::fill(text, wrapping(width).subsequent_indent(&indent))
}

/// Addresses and scopes stay whole: they are copied.
fn wrapping<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// The lines of source with their labels.
fn source(entry: &Entry, terminal: Terminal) -> String {
    let places: Vec<&Place> = std::iter::once(&entry.primary).chain(&entry.labels).collect();
    let width = terminal.width.saturating_sub(GUTTER);
    let excerpt = Excerpt::new(&places, &entry.secrets, width);
    let handler = GraphicalReportHandler::new_themed(theme(entry, &excerpt, terminal))
        .with_width(terminal.width)
        .with_context_lines(CONTEXT)
        .with_links(false)
        .without_syntax_highlighting();
    let mut out = String::new();
    // Writing into a string cannot fail, and the excerpt can read each of its labels.
    let _ = handler.render_report(&mut out, &Drawn { severity: entry.severity, excerpt });
    // miette begins with a title of its own; without a message that is one line.
    out.split_once('\n').map_or(String::new(), |(_, source)| source.to_owned())
}

/// The theme for one diagnostic: the primary label in the colour of the severity.
fn theme(entry: &Entry, excerpt: &Excerpt, terminal: Terminal) -> GraphicalTheme {
    let mut theme = match (terminal.unicode, terminal.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    let style = match entry.severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Info => theme.styles.advice,
    };
    let style = if terminal.color { style.bold() } else { style };
    let other = theme.styles.help;
    theme.styles.highlights = excerpt.primaries().map(|primary| if primary { style } else { other }).collect();
    if theme.styles.highlights.is_empty() {
        theme.styles.highlights.push(style);
    }
    theme
}

/// What the renderer itself writes outside ASCII, in ASCII. What a file holds stays.
fn ascii(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '…' => '~',
            '•' => '*',
            '\u{2400}'..='\u{2421}' | char::REPLACEMENT_CHARACTER => '?',
            _ => character,
        })
        .collect()
}

/// The places of a diagnostic as miette sees them.
struct Drawn {
    severity: Severity,
    excerpt: Excerpt,
}

impl fmt::Display for Drawn {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Drawn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}
