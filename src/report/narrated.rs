//! The report in sentences, for screen readers: without drawings and columns.

use super::Renderer;
use super::redact::{Entry, Place};
use super::snippet::Line;
use super::visible::{lines, one_line};
use crate::diagnostic::Applicability;

/// Columns of source that are read out around a place.
const WIDTH: usize = 120;

/// A finding in sentences.
pub(super) fn entry(entry: &Entry, renderer: &Renderer) -> String {
    let mut sentences = vec![
        format!("{}, rule {}.", capitalised(entry.severity.name()), entry.rule),
        format!("{}.", capitalised(&one_line(&entry.message))),
        format!("In {}.", place(&entry.primary)),
    ];
    sentences.extend(quoted(&entry.primary, entry));
    if !entry.primary.message.is_empty() {
        sentences.push(format!("There: {}.", one_line(&entry.primary.message)));
    }
    for other in &entry.labels {
        sentences.push(format!("See also {}: {}.", place(other), one_line(&other.message)));
        sentences.extend(quoted(other, entry));
    }
    let why = renderer.context.rule(entry.rule).map(|rule| (rule.why)(rule.name));
    if let Some(why) = why.filter(|why| !why.is_empty()) {
        sentences.push(format!("Why: {why}"));
    }
    if let Some(help) = entry.help_beside_fix() {
        sentences.push(format!("Help: {}.", lines(help)));
    }
    if let Some(fix) = &entry.fix {
        let option = match fix.applicability {
            Applicability::Safe => "Apply it with --fix",
            Applicability::Unsafe => "Review it, then apply it with --fix --unsafe-fixes",
        };
        sentences.push(format!("Fix: {}. {option}.", one_line(&fix.title)));
    }
    sentences.push(format!("More: connlint explain {}", entry.rule));
    sentences.join("\n") + "\n"
}

fn place(place: &Place) -> String {
    let (start, end) = (place.start(), place.end());
    let path = one_line(place.file.path());
    if start.line == end.line {
        return format!("{path}, line {}, column {}", start.line, start.column);
    }
    format!("{path}, lines {} to {}", start.line, end.line)
}

/// The line that a place starts on; nothing for an empty one.
fn quoted(place: &Place, entry: &Entry) -> Option<String> {
    let number = place.start().line;
    let span = place.file.line_span(number)?;
    let range = place.span.range();
    let kept = range.start..range.end.min(span.range().end).max(range.start);
    let line = Line::new(&place.file, span, &entry.secrets, &[kept], WIDTH).text();
    let line = line.replace('…', " ... ");
    (!line.trim().is_empty()).then(|| format!("Line {number}: {}", line.trim()))
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}
