//! What is wrong with a file of the tool's own, a profile or the settings, drawn for people.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use super::Error;
use crate::secrets;
use crate::source::{SourceFile, Span};
use crate::tree::{Problem, ProblemKind};

/// Bytes of a line that are shown at most: miette cannot point to a column beyond 65,535.
const LONGEST_LINE: usize = 1000;

/// The error that a file cannot be used because of its problems.
pub(super) fn refuse(source: &SourceFile, problems: &[Problem]) -> Error {
    let drawn: Vec<String> = problems.iter().map(|problem| draw(source, problem)).collect();
    Error::File(format!("`{}` cannot be used\n\n{}", source.path(), drawn.join("\n").trim_end()))
}

/// The same without any line of the file: what is named as a profile or catalogue may be any file, and its text
/// is not for a log.
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
    let mut labels = vec![LabeledSpan::new_primary_with_span(None, visible(source, problem.span))];
    labels.extend(
        problem
            .related
            .iter()
            .map(|(span, text)| LabeledSpan::new_with_span(Some(text.clone()), visible(source, *span))),
    );
    let message = secrets::redact(&problem.message);
    let mut diagnostic = MietteDiagnostic::new(message.clone());
    diagnostic.help.clone_from(&problem.help);
    let position = source.position(problem.span.start);
    let is_drawable = labels.iter().all(|label| ends_near(source, label.offset() + label.len()));
    if !is_drawable {
        diagnostic.message = format!("{}:{}: {message}", position.line, position.column);
    } else if !source.text().is_empty() {
        diagnostic = diagnostic.with_labels(labels);
    }
    let report =
        Report::new(diagnostic).with_source_code(NamedSource::new(source.path(), secrets::blank_out(source.text())));
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_links(false).with_width(100);
    let mut out = String::new();
    // Writing into a string cannot fail, and the text holds each of the labels.
    let _ = handler.render_report(&mut out, report.as_ref());
    out
}

/// Whether a place is near enough to the start of its line for the line to be shown.
fn ends_near(source: &SourceFile, end: usize) -> bool {
    source.text().get(..end).is_some_and(|before| end - before.rfind('\n').map_or(0, |at| at + 1) <= LONGEST_LINE)
}

/// The bytes to underline: miette draws nothing at the end of a text, where the last character stands for it.
fn visible(source: &SourceFile, span: Span) -> std::ops::Range<usize> {
    let range = span.range();
    match source.text().char_indices().next_back() {
        Some((last, _)) if range.start >= source.text().len() => last..source.text().len(),
        _ => range,
    }
}
