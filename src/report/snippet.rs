//! The lines of source around the labelled places of a finding, ready to be drawn.
//!
//! An [`Excerpt`] is a small text of its own: the lines around each place, from one or several files,
//! with secrets masked, control characters made visible and long lines cut ([`line`]). The labels are
//! carried over to it. miette reads it as source code, so drawing costs the size of the excerpt and
//! not that of the file.

mod line;

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

pub(super) use self::line::{BYTES_PER_COLUMN, Line};
use super::redact::Place;
use super::visible::one_line;
use crate::source::{Position, Secrets, SourceFile, Span};

/// Lines shown before and behind a place.
pub(super) const CONTEXT: usize = 1;

/// Columns that the bracket beside a place of several lines takes.
const BRACKET: usize = 4;

/// A place of more lines is drawn on its first line only.
const TALLEST_PLACE: u32 = 6;

/// The excerpt of a finding's places.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: String,
    chunks: Vec<Chunk>,
    marks: Vec<Mark>,
}

/// Consecutive lines of one file.
#[derive(Debug)]
struct Chunk {
    path: String,
    /// The number of its first line, from 1.
    first_line: u32,
    /// Where its lines start in the excerpt, and behind the last one where it ends.
    line_starts: Vec<usize>,
}

/// A place in the excerpt.
#[derive(Debug)]
struct Mark {
    range: Range<usize>,
    position: Position,
    primary: bool,
    message: String,
}

impl Mark {
    /// Takes up what another mark at the same place says.
    fn join(&mut self, other: Self) {
        let said = [std::mem::take(&mut self.message), other.message];
        self.message = said.into_iter().filter(|message| !message.is_empty()).collect::<Vec<_>>().join("; ");
        if other.primary {
            self.primary = true;
            self.position = other.position;
        }
    }
}

impl Excerpt {
    /// The excerpt for `places`, the first of which is the primary one, with lines of at most `width`
    /// columns.
    pub(super) fn new(places: &[&Place], secrets: &Secrets, width: usize) -> Self {
        let mut excerpt = Self::default();
        let shown: Vec<Shown> = places.iter().map(|place| Shown::new(place)).collect();
        let tall = shown.iter().any(Shown::is_tall);
        let width = if tall { width.saturating_sub(BRACKET) } else { width };
        for file in files_in_order(places) {
            let mut chunks = chunks_of(file, &shown);
            // The place that the finding is about is drawn first.
            let primary = shown.first().filter(|shown| shown.place.span.file == file.id());
            chunks.sort_by_key(|lines| !primary.is_some_and(|shown| lines.contains(shown.lines.start())));
            for lines in chunks {
                excerpt.add_chunk(file, lines, &shown, secrets, width);
            }
        }
        excerpt.untangle();
        excerpt
    }

    /// Orders the marks. Of two that overlap on one line the outer one is shortened, since miette would draw
    /// the inner one behind it; two at the same place become one.
    fn untangle(&mut self) {
        self.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        let mut apart: Vec<Mark> = Vec::with_capacity(self.marks.len());
        for mut mark in self.marks.drain(..) {
            let one_line = |range: &Range<usize>| !self.text[range.clone()].contains('\n');
            match apart.last_mut().filter(|last| one_line(&last.range) && one_line(&mark.range)) {
                Some(last) if last.range == mark.range => {
                    last.join(mark);
                    continue;
                }
                Some(last) if last.range.start == mark.range.start => mark.range.start = last.range.end,
                Some(last) => last.range.end = last.range.end.min(mark.range.start),
                None => {}
            }
            apart.push(mark);
        }
        self.marks = apart;
    }

    /// Whether each label is the primary one, in the order in which they are drawn.
    pub(super) fn primaries(&self) -> impl Iterator<Item = bool> {
        self.marks.iter().map(|mark| mark.primary)
    }

    /// The labels for miette.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.marks.iter().map(|mark| {
            let message = (!mark.message.is_empty()).then(|| mark.message.clone());
            let span = SourceSpan::from(mark.range.clone());
            if mark.primary {
                LabeledSpan::new_primary_with_span(message, span)
            } else {
                LabeledSpan::new_with_span(message, span)
            }
        })
    }

    fn add_chunk(
        &mut self,
        file: &SourceFile,
        lines: RangeInclusive<u32>,
        shown: &[Shown],
        secrets: &Secrets,
        width: usize,
    ) {
        let mut cut = Vec::new();
        let mut line_starts = Vec::new();
        for number in lines.clone() {
            let Some(span) = file.line_span(number) else { continue };
            let ends = shown.iter().filter(|shown| shown.place.span.file == file.id()).flat_map(Shown::ends);
            let ends: Vec<usize> = ends.filter(|at| (span.range().start..=span.range().end).contains(at)).collect();
            let line = Line::new(file, span, secrets, &ends, width);
            line_starts.push(self.text.len());
            self.text.push_str(&line.text());
            self.text.push('\n');
            cut.push(line);
        }
        line_starts.push(self.text.len());
        let chunk = Chunk { path: one_line(file.path()), first_line: *lines.start(), line_starts };
        for (index, shown) in shown.iter().enumerate() {
            if shown.place.span.file == file.id() && lines.contains(shown.lines.start()) {
                self.marks.push(chunk.mark(shown, index == 0, &cut));
            }
        }
        self.chunks.push(chunk);
    }
}

impl Chunk {
    fn mark(&self, shown: &Shown, primary: bool, lines: &[Line]) -> Mark {
        let at = |line: u32| (line - self.first_line) as usize;
        let (first, last) = (at(*shown.lines.start()), at(*shown.lines.end()));
        let start = self.line_starts[first] + lines[first].start_of(shown.span.start as usize);
        let end = self.line_starts[last] + lines[last].end_of(shown.span.end as usize);
        Mark {
            range: start..end.max(start),
            position: shown.place.start(),
            primary,
            message: one_line(&shown.place.message),
        }
    }
}

/// A place and the part of it that is drawn.
struct Shown<'a> {
    place: &'a Place<'a>,
    span: Span,
    lines: RangeInclusive<u32>,
}

impl<'a> Shown<'a> {
    fn new(place: &'a Place) -> Self {
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
        Self { place, span, lines: first..=last }
    }

    fn is_tall(&self) -> bool {
        self.lines.start() != self.lines.end()
    }

    /// The offsets that must not be cut away: where it starts, and where it ends on the same line.
    fn ends(&self) -> impl Iterator<Item = usize> {
        let end = (!self.is_tall()).then_some(self.span.end as usize);
        std::iter::once(self.span.start as usize).chain(end)
    }
}

/// Each file once, that of the primary place first.
fn files_in_order<'a>(places: &[&'a Place]) -> Vec<&'a Arc<SourceFile>> {
    let mut files: Vec<&Arc<SourceFile>> = Vec::new();
    for place in places {
        if !files.iter().any(|file| file.id() == place.file.id()) {
            files.push(&place.file);
        }
    }
    files
}

/// The lines to show of a file: those of its places with context, joined where they touch.
fn chunks_of(file: &SourceFile, shown: &[Shown]) -> Vec<RangeInclusive<u32>> {
    let context = CONTEXT as u32;
    let mut wanted: Vec<(u32, u32)> = shown
        .iter()
        .filter(|shown| shown.place.span.file == file.id())
        .map(|shown| {
            let (first, last) = (*shown.lines.start(), *shown.lines.end());
            (first.saturating_sub(context).max(1), (last + context).min(file.line_count()))
        })
        .collect();
    wanted.sort_unstable();
    wanted.dedup_by(|next, kept| {
        let touches = next.0 <= kept.1 + 1;
        if touches {
            kept.1 = kept.1.max(next.1);
        }
        touches
    });
    let here: Vec<&Shown> = shown.iter().filter(|shown| shown.place.span.file == file.id()).collect();
    let tells = |line: &u32| {
        let blank = file.line_span(*line).is_none_or(|span| file.slice(span).trim().is_empty());
        !blank || here.iter().any(|shown| shown.lines.contains(line))
    };
    // A blank line around a place tells nothing.
    let trimmed = |(first, last): (u32, u32)| {
        let first = (first..=last).find(tells).unwrap_or(first);
        first..=(first..=last).rev().find(tells).unwrap_or(last)
    };
    wanted.into_iter().map(trimmed).collect()
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        // An error tells miette not to join labels of two chunks into one drawing.
        let chunk = self.chunks.iter().find(|chunk| chunk.contains(start) && chunk.contains(end));
        let chunk = chunk.ok_or(MietteError::OutOfBounds)?;
        let last_line = chunk.line_starts.len() - 2;
        let first = chunk.line_of(start).saturating_sub(before);
        let last = (chunk.line_of(end) + after).min(last_line);
        let bytes = chunk.line_starts[first]..chunk.line_starts[last + 1];
        let mark = self.marks.iter().find(|mark| mark.range == (start..end));
        let column = mark.map_or(0, |mark| mark.position.column as usize - 1);
        let contents = MietteSpanContents::new_named(
            chunk.path.clone(),
            &self.text.as_bytes()[bytes.clone()],
            SourceSpan::from(bytes),
            chunk.first_line as usize - 1 + first,
            if before + after == 0 { column } else { 0 },
            last + 1 - first,
        );
        Ok(Box::new(contents))
    }
}

impl Chunk {
    fn contains(&self, offset: usize) -> bool {
        self.line_starts[0] <= offset && offset < self.line_starts[self.line_starts.len() - 1]
    }

    /// The index of the line that holds `offset`.
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }
}
