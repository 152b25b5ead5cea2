//! What is wrong with a file of the tool's own, a profile or the settings, drawn for people.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Error;
use crate::secrets;
use crate::source::SourceFile;
use crate::tree::{Problem, ProblemKind};

/// Bytes of a line before a place that are shown at most.
const LONGEST_LINE: usize = 1000;

/// That a file cannot be used, and its problems with their lines.
pub(super) fn drawn(source: &SourceFile, problems: &[Problem]) -> String {
    let drawn: Vec<String> = problems.iter().map(|problem| draw(source, problem)).collect();
    format!("`{}` cannot be used\n\n{}", source.path(), drawn.join("\n").trim_end())
}

/// The error that a file cannot be used, without any line of the file: what is named as a profile or catalog may be any
/// file, and its text is not for a log.
pub(super) fn refuse_unseen(source: &SourceFile, what: &str, problems: &[Problem]) -> Error {
    let places: Vec<String> = problems
        .iter()
        .map(|problem| {
            let place = source.position(problem.span.start);
            let what = if problem.kind == ProblemKind::Syntax { "syntax error" } else { &problem.message };
            let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("\n  {}:{}: {what}{help}", place.line, place.column)
        })
        .collect();
    Error::File(format!("`{}` is not a valid {what}{}", source.path(), places.concat()))
}

fn draw(source: &SourceFile, problem: &Problem) -> String {
    let position = source.position(problem.span.start);
    let message = secrets::redact(&problem.message);
    let related = problem.related.iter().map(|(span, text)| (*span, text.as_str()));
    let places: Vec<_> = std::iter::once((problem.span, "")).chain(related).collect();
    let help = problem.help.iter().map(|help| Level::HELP.message(help.as_str()));
    let path = source.path();
    if source.text().is_empty() || !places.iter().all(|(span, _)| ends_near(source, span.range().end)) {
        let title = format!("{path}:{}:{}: {message}", position.line, position.column);
        return Renderer::plain().render(&[Level::ERROR.primary_title(title).elements(help)]);
    }
    let text = secrets::blank_out(source.text());
    let annotations = places.iter().enumerate().map(|(index, (span, label))| {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(span.range());
        if label.is_empty() { annotation } else { annotation.label(*label) }
    });
    let snippet = Snippet::source(&text).path(path).annotations(annotations);
    Renderer::plain().render(&[Level::ERROR.primary_title(message.as_ref()).element(snippet).elements(help)])
}

/// Whether a place is near enough to the start of its line for the line to be shown.
fn ends_near(source: &SourceFile, end: usize) -> bool {
    source.text().get(..end).is_some_and(|before| end - before.rfind('\n').map_or(0, |at| at + 1) <= LONGEST_LINE)
}
