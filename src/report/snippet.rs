//! The lines of source around the labelled places of a finding, drawn.
//!
//! The places in a file make an [`Excerpt`]: a small text with the lines that they are on, secrets masked, control
//! characters made visible and long lines cut ([`line`]). annotate-snippets draws it, so drawing costs the size of
//! the excerpt and not that of the file.

mod line;

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use textwrap::core::display_width;

pub(super) use self::line::{BYTES_PER_COLUMN, Line};
use super::Terminal;
use super::redact::{Entry, Place};
use super::visible::one_line;
use crate::diagnostic::Severity;
use crate::source::{FileId, Secrets, SourceFile, Span};

/// Columns of the bracket beside a place of several lines.
const BRACKET: usize = 2;

/// A place of more lines is drawn on its first line only.
const TALLEST_PLACE: u32 = 3;

/// Places of one file that are further apart have drawings of their own.
const WIDEST_GAP: u32 = 1000;

/// More columns than any drawing has, since its lines are cut already.
const UNLIMITED: usize = 10_000;

/// Source with its marks.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// The parts, in the order in which they are shown.
    pub(super) parts: Vec<Part>,
    /// Labels that do not fit beside their marks, with the line of each.
    pub(super) notes: Vec<(u32, String)>,
    /// The lines that are shown, by their numbers.
    pub(super) lines: BTreeSet<(FileId, u32)>,
    /// What is said beside the primary place.
    pub(super) beside: Option<String>,
}

/// Lines of one file.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: String,
    /// Where the primary place starts, or the first one.
    pub(super) line: u32,
    pub(super) column: u32,
    /// Columns of the line numbers.
    pub(super) gutter: usize,
    /// The lines as they are printed.
    pub(super) text: String,
}

/// Draws the places of an entry. The first of `beside` that fits is said at the primary one if nothing else is.
pub(super) fn draw(entry: &Entry, beside: &[&String], terminal: Terminal) -> Drawing {
    let places: Vec<&Place> = std::iter::once(&entry.primary).chain(&entry.labels).collect();
    let mut drawing = Drawing::default();
    for shown in chunks(&places) {
        let file = &shown[0].place.file;
        let first = shown.iter().find(|shown| shown.primary).unwrap_or(&shown[0]).place.start();
        let gutter = shown.iter().map(|shown| *shown.lines.end()).max().unwrap_or_default().to_string().len();
        let bracket = if shown.iter().any(Shown::is_tall) { BRACKET } else { 0 };
        let width = terminal.width.saturating_sub(gutter + " | ".len() + bracket);
        drawing.lines.extend(shown.iter().flat_map(|shown| shown.lines.clone()).map(|line| (file.id(), line)));
        let mut excerpt = Excerpt::new(file, &shown, &entry.secrets, width);
        if drawing.beside.is_none() {
            drawing.beside = beside.iter().find(|text| excerpt.say_beside_primary(text, width)).copied().cloned();
        }
        drawing.notes.extend(excerpt.take_wide_labels(width));
        let text = excerpt.drawn(entry.severity, terminal);
        drawing.parts.push(Part { path: one_line(file.path()), line: first.line, column: first.column, gutter, text });
    }
    drawing
}

/// A place and the part of it that is drawn.
#[derive(Clone)]
struct Shown<'a> {
    place: &'a Place<'a>,
    primary: bool,
    span: Span,
    lines: RangeInclusive<u32>,
}

impl<'a> Shown<'a> {
    fn new(place: &'a Place, primary: bool) -> Self {
        let (file, mut span) = (&place.file, place.span);
        // A line ending at the end belongs to the last line and is not drawn.
        let trimmed = file.slice(span).trim_end_matches(['\n', '\r']).len() as u32;
        span.end = span.start + trimmed;
        let first = file.line(span.start);
        let mut last = file.line(span.end);
        if last - first >= TALLEST_PLACE {
            last = first;
            span.end = file.line_span(first).map_or(span.start, |line| line.end.max(span.start));
        }
        Self { place, primary, span, lines: first..=last }
    }

    fn is_tall(&self) -> bool {
        self.lines.start() != self.lines.end()
    }

    /// What of a line must not be cut away: all of a place within it, and where a taller one starts.
    fn kept_in(&self, line: u32) -> Option<Range<usize>> {
        let span = self.span.range();
        let kept = if self.is_tall() { span.start..span.start } else { span };
        (*self.lines.start() == line).then_some(kept)
    }
}

/// The places that are drawn together: those of one file, the primary one's first.
fn chunks<'a>(places: &[&'a Place]) -> Vec<Vec<Shown<'a>>> {
    let mut shown: Vec<Shown> = places.iter().enumerate().map(|(index, place)| Shown::new(place, index == 0)).collect();
    let order: Vec<_> = places.iter().map(|place| place.file.id()).collect();
    shown.sort_by_key(|shown| {
        let file = order.iter().position(|id| *id == shown.place.file.id());
        (file, *shown.lines.start(), *shown.lines.end())
    });
    let mut chunks: Vec<Vec<Shown>> = Vec::new();
    for shown in shown {
        let is_near = |last: &Shown| {
            last.place.file.id() == shown.place.file.id()
                && shown.lines.start().saturating_sub(*last.lines.end()) <= WIDEST_GAP
        };
        match chunks.last_mut().filter(|chunk| chunk.last().is_some_and(is_near)) {
            Some(chunk) => chunk.push(shown),
            None => chunks.push(vec![shown]),
        }
    }
    chunks.sort_by_key(|chunk| !chunk.iter().any(|shown| shown.primary));
    chunks
}

/// The lines around the places of an entry, in at most `width` columns each.
pub(super) fn excerpts(entry: &Entry, width: usize) -> Vec<Excerpt> {
    let places: Vec<&Place> = std::iter::once(&entry.primary).chain(&entry.labels).collect();
    let chunks = chunks(&places);
    chunks.iter().map(|shown| Excerpt::new(&shown[0].place.file, shown, &entry.secrets, width)).collect()
}

/// Lines of a file as they are shown, with the places in them.
pub(super) struct Excerpt {
    pub(super) first_line: u32,
    /// The lines, with line feeds between them. Those that are left out are empty.
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
    /// The numbers of the lines that are shown.
    lines: BTreeSet<u32>,
}

/// A place in the excerpt.
pub(super) struct Mark {
    /// The bytes of the excerpt's text.
    pub(super) range: Range<usize>,
    /// Whether the finding is about it.
    pub(super) primary: bool,
    line: u32,
    message: String,
}

impl Excerpt {
    /// The lines of `shown` in at most `width` columns each. Lines between them that are left out are empty.
    fn new(file: &SourceFile, shown: &[Shown], secrets: &Secrets, width: usize) -> Self {
        let first_line = shown.iter().map(|shown| *shown.lines.start()).min().unwrap_or(1);
        let last_line = shown.iter().map(|shown| *shown.lines.end()).max().unwrap_or(1);
        let is_marked = |line: u32| shown.iter().any(|shown| shown.lines.contains(&line));
        // A single line is shown: the sign for what is left out takes as much room.
        let is_shown = |line: u32| is_marked(line) || is_marked(line.saturating_sub(1)) && is_marked(line + 1);
        let (mut text, mut lines) = (String::new(), Vec::new());
        for number in first_line..=last_line {
            let start = text.len();
            let span = file.line_span(number).filter(|_| is_shown(number));
            let line = span.map(|span| {
                let kept: Vec<_> = shown.iter().filter_map(|shown| shown.kept_in(number)).collect();
                Line::new(file, span, secrets, &kept, width)
            });
            if let Some(line) = &line {
                text.push_str(&line.text());
            }
            if number < last_line {
                text.push('\n');
            }
            lines.push((start, line));
        }
        let at = |line: u32, offset: u32, column: fn(&Line, usize) -> usize| {
            let (start, line) = &lines[(line - first_line) as usize];
            start + line.as_ref().map_or(0, |line| column(line, offset as usize))
        };
        let mark = |shown: &Shown| {
            let start = at(*shown.lines.start(), shown.span.start, Line::start_of);
            let end = at(*shown.lines.end(), shown.span.end, Line::end_of).max(start);
            let message = one_line(&shown.place.message);
            Mark { range: start..end, line: shown.place.start().line, primary: shown.primary, message }
        };
        let marks = shown.iter().map(mark).collect();
        Self { first_line, text, marks, lines: (first_line..=last_line).filter(|line| is_shown(*line)).collect() }
    }

    pub(super) fn shows(&self, line: u32) -> bool {
        self.lines.contains(&line)
    }

    /// Says something at the primary place if nothing else is said there and it fits; whether that is so.
    fn say_beside_primary(&mut self, text: &str, width: usize) -> bool {
        let Some(at) = self.marks.iter().position(|mark| mark.primary && mark.message.is_empty()) else { return false };
        let is_alone = !self.marks.iter().any(|mark| !mark.primary && mark.range == self.marks[at].range);
        let fits = is_alone && self.end_column(&self.marks[at]) + 1 + display_width(text) <= width;
        if fits {
            text.clone_into(&mut self.marks[at].message);
        }
        fits
    }

    /// Removes the labels that do not fit beside their marks.
    fn take_wide_labels(&mut self, width: usize) -> Vec<(u32, String)> {
        let is_wide =
            |mark: &Mark| !mark.message.is_empty() && self.end_column(mark) + 1 + display_width(&mark.message) > width;
        let wide: Vec<bool> = self.marks.iter().map(is_wide).collect();
        let marks = self.marks.iter_mut().zip(wide).filter(|(_, is_wide)| *is_wide);
        marks.map(|(mark, _)| (mark.line, std::mem::take(&mut mark.message))).collect()
    }

    fn end_column(&self, mark: &Mark) -> usize {
        let before = &self.text[..mark.range.end];
        display_width(before.rsplit('\n').next().unwrap_or_default()).max(1)
    }

    fn drawn(&self, severity: Severity, terminal: Terminal) -> String {
        let annotations = self.marks.iter().map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(mark.range.clone());
            if mark.message.is_empty() { annotation } else { annotation.label(mark.message.as_str()) }
        });
        let snippet = Snippet::source(&self.text).line_start(self.first_line as usize).annotations(annotations);
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let renderer = if terminal.color { Renderer::styled() } else { Renderer::plain() };
        let drawn = renderer.term_width(UNLIMITED).render(&[Group::with_level(level).element(snippet)]);
        // What ends a line is not seen.
        drawn.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
    }
}
