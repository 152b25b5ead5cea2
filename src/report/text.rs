//! A finding for people: severity and rule first, the source with every place marked, what to do, and what the fix
//! would change.
//!
//! `snippet` draws the source; this module says what is around it. Colors and width are decided by the caller.

use anstyle::Style;

use super::change;
use super::redact::Entry;
use super::snippet::{self, Drawing};
use super::style::{frame, paint, style_of};
use super::visible::{lines, one_line};
use super::{Context, Renderer, Terminal};
use crate::diagnostic::{Applicability, Fix};

/// The report gets at least this many columns, however narrow the terminal is.
const NARROWEST: usize = 40;

/// Longer lines of text are hard to read.
const WIDEST: usize = 120;

/// How far the lines after the first one of a text are indented.
const HANGING: usize = 2;

/// A finding, drawn.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let Renderer { context, terminal, .. } = *renderer;
    let terminal = Terminal { width: terminal.width.clamp(NARROWEST, WIDEST), ..terminal };
    let help = entry.help_beside_fix().map(|help| format!("help: {}", lines(help)));
    let fix = entry.fix.as_ref().map(|fix| format!("fix: {}", one_line(&fix.title)));
    let said: Vec<&String> = [&help, &fix].into_iter().flatten().collect();
    let beside: Vec<&String> = said.iter().copied().filter(|text| !text.contains('\n')).collect();
    let drawing = snippet::draw(entry, &beside, terminal);
    let gutter = drawing.parts.iter().map(|part| part.gutter).max().unwrap_or(1);
    let mut out = title(entry, context, terminal) + &source(&drawing, gutter, terminal);
    for (line, label) in &drawing.notes {
        out.push_str(&note(&format!("line {line}: {label}"), gutter, terminal));
    }
    for text in said.into_iter().filter(|text| drawing.beside.as_ref() != Some(text)) {
        out.push_str(&note(text, gutter, terminal));
    }
    if !entry.fix.as_deref().is_some_and(|fix| is_in_title(fix, entry)) {
        out.push_str(&change::diff(entry, &drawing, gutter, terminal));
    }
    if terminal.unicode { out } else { ascii(&out) }
}

/// Whether the title of a fix says all that it changes: that the marked text is replaced, and by what.
fn is_in_title(fix: &Fix, entry: &Entry) -> bool {
    let [edit] = fix.edits.as_slice() else { return false };
    let text = edit.text.trim_matches(['"', '\'']);
    edit.span == entry.primary.span && !text.is_empty() && fix.title.contains(&format!("`{text}`"))
}

/// Severity, rule, what was found, and whether it can be fixed.
fn title(entry: &Entry, context: Context, terminal: Terminal) -> String {
    let mark = entry.fix.as_deref().map(fixable).unwrap_or_default();
    let prefix = format!("{}[{}]:", entry.severity.name(), entry.rule);
    let text = wrapped(&format!("{prefix} {}{mark}", one_line(&entry.message)), terminal.width, HANGING);
    // Nothing in the prefix lets it be broken but a very narrow terminal.
    let Some(message) = text.strip_prefix(&prefix) else { return text + "\n" };
    let rule = linked(entry.rule, context, terminal);
    let prefix = format!("{}[{rule}]:", entry.severity.name());
    format!("{}{}\n", paint(&prefix, style_of(entry.severity), terminal), paint(message, Style::new().bold(), terminal))
}

/// What the title of a finding says about its fix.
fn fixable(fix: &Fix) -> &'static str {
    match fix.applicability {
        Applicability::Safe => "  [fixable]",
        Applicability::Unsafe => "  [fixable after review]",
    }
}

/// The name of a rule: a link to its page (OSC 8) on a terminal that has them.
pub(super) fn linked(rule: &str, context: Context, terminal: Terminal) -> String {
    match context.rule(rule).and_then(|rule| rule.url.as_deref()).filter(|_| terminal.hyperlinks) {
        Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\"),
        None => rule.to_owned(),
    }
}

/// The lines of source, those of each file after its path.
fn source(drawing: &Drawing, gutter: usize, terminal: Terminal) -> String {
    let mut out = String::new();
    for part in &drawing.parts {
        let arrow = paint("-->", frame(), terminal);
        let place = format!("{}:{}:{}", part.path, part.line, part.column);
        out.extend([" ".repeat(gutter).as_str(), &arrow, " ", &place, "\n"]);
        let padding = " ".repeat(gutter - part.gutter);
        out.extend(part.text.split_inclusive('\n').flat_map(|line| [padding.as_str(), line]));
    }
    out
}

/// A text of several lines below the source, named by its first word.
fn note(text: &str, gutter: usize, terminal: Terminal) -> String {
    let (name, text) = text.split_once(": ").unwrap_or(("note", text));
    let indent = gutter + " = ".len() + name.len() + ": ".len();
    let options = wrapping(terminal.width.saturating_sub(indent));
    let between = format!("\n{}", " ".repeat(indent));
    let wrapped: Vec<_> = text.lines().flat_map(|line| textwrap::wrap(line, &options)).collect();
    let name = paint(name, Style::new().bold(), terminal);
    format!("{:gutter$} {} {name}: {}\n", "", paint("=", frame(), terminal), wrapped.join(&between))
}

/// A text in at most `width` columns, the lines after the first one indented.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> String {
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

/// What the renderer itself writes outside ASCII, in ASCII. What a file holds stays.
pub(super) fn ascii(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '…' => '~',
            '•' => '*',
            '·' => '.',
            '×' => 'x',
            '\u{2400}'..='\u{2421}' | char::REPLACEMENT_CHARACTER => '?',
            _ => character,
        })
        .collect()
}
