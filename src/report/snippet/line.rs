//! One line of source as it is shown: masked, without control characters, cut to a width.
//!
//! Each character shown remembers the bytes of the file that it stands for, so labels find their
//! columns again whatever was replaced.

use std::ops::Range;

use crate::report::visible::visible_char;
use crate::source::{MASK, Secrets, SourceFile, Span, merged};

const ELLIPSIS: char = '…';

/// A line as it is shown.
#[derive(Debug)]
pub(in crate::report) struct Line {
    cells: Vec<Cell>,
}

/// A character shown and the bytes of the file it stands for.
#[derive(Clone, Copy, Debug)]
struct Cell {
    shown: char,
    from: usize,
    to: usize,
}

impl Line {
    /// The whole line at `span`.
    pub(in crate::report) fn new(file: &SourceFile, span: Span, secrets: &Secrets) -> Self {
        let text = file.slice(span);
        let start = span.range().start;
        let hidden = file.hidden_in(span.range()).iter();
        let by_place = hidden.map(|range| range.start.max(start)..range.end.min(span.range().end));
        let by_text = secrets.places_in(text).into_iter().map(|range| range.start + start..range.end + start);
        let masked = merged(by_place.chain(by_text).collect());
        let mut masked = masked.iter().peekable();
        let mut cells = Vec::with_capacity(text.len());
        for (offset, character) in text.char_indices() {
            let from = start + offset;
            while masked.next_if(|range| range.end <= from).is_some() {}
            match masked.peek().filter(|range| range.contains(&from)) {
                Some(range) if range.start == from => {
                    cells.extend(MASK.chars().map(|shown| Cell { shown, from, to: range.end }));
                }
                Some(_) => {}
                // A byte order mark is no character of the text.
                None if from == 0 && character == '\u{feff}' => {}
                None => cells.push(Cell { shown: visible_char(character), from, to: from + character.len_utf8() }),
            }
        }
        Self { cells }
    }

    /// A text of one line that holds no secret, as it is.
    pub(in crate::report) fn of(text: &str) -> Self {
        let cell = |(from, character): (usize, char)| Cell {
            shown: visible_char(character),
            from,
            to: from + character.len_utf8(),
        };
        Self { cells: text.char_indices().map(cell).collect() }
    }

    /// The line in at most about `width` columns: what surrounds the byte offsets `ends` is kept, an
    /// ellipsis stands for the rest.
    pub(in crate::report) fn cut(self, ends: &[usize], width: usize) -> Self {
        if self.cells.len() <= width {
            return self;
        }
        let points: Vec<usize> = ends.iter().map(|end| self.cells.partition_point(|cell| cell.to <= *end)).collect();
        let kept = windows(&points, self.cells.len(), width);
        let mut cells = Vec::with_capacity(width + 2);
        let mut done = 0;
        for window in kept {
            cells.extend(self.ellipsis(done..window.start));
            cells.extend_from_slice(&self.cells[window.clone()]);
            done = window.end;
        }
        cells.extend(self.ellipsis(done..self.cells.len()));
        Self { cells }
    }

    /// The number of characters shown.
    pub(in crate::report) fn width(&self) -> usize {
        self.cells.len()
    }

    /// The characters from number `start` on, `width` of them with the ellipses for the rest.
    pub(in crate::report) fn window(self, start: usize, width: usize) -> Self {
        let start = if start > 0 { start + 1 } else { 0 };
        let room = width.saturating_sub(usize::from(start > 0));
        let rest = self.cells.len().saturating_sub(start);
        let end = if rest > room { start + room.saturating_sub(1) } else { self.cells.len() };
        let mut cells: Vec<Cell> = self.ellipsis(0..start).into_iter().collect();
        cells.extend_from_slice(self.cells.get(start..end).unwrap_or_default());
        cells.extend(self.ellipsis(end.max(start)..self.cells.len()));
        Self { cells }
    }

    fn ellipsis(&self, left_out: Range<usize>) -> Option<Cell> {
        let cells = self.cells.get(left_out)?;
        Some(Cell { shown: ELLIPSIS, from: cells.first()?.from, to: cells.last()?.to })
    }

    /// The characters shown.
    pub(in crate::report) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.shown).collect()
    }

    /// Where in [`Line::text`] the byte at `offset` of the file is shown.
    pub(in crate::report) fn start_of(&self, offset: usize) -> usize {
        self.bytes_before(self.cells.partition_point(|cell| cell.to <= offset))
    }

    /// Where in [`Line::text`] that ends what stands before `offset` in the file.
    pub(in crate::report) fn end_of(&self, offset: usize) -> usize {
        self.bytes_before(self.cells.partition_point(|cell| cell.from < offset))
    }

    fn bytes_before(&self, index: usize) -> usize {
        self.cells[..index].iter().map(|cell| cell.shown.len_utf8()).sum()
    }
}

/// The widest equal surroundings of `points` (the start of the line, if there are none) that together
/// fit `width` of `len` columns.
fn windows(points: &[usize], len: usize, width: usize) -> Vec<Range<usize>> {
    let around = |radius: usize| {
        let points = if points.is_empty() { &[0] } else { points };
        merged(points.iter().map(|point| point.saturating_sub(radius)..(point + radius).min(len)).collect())
    };
    let fits = |radius: &usize| around(*radius).iter().map(Range::len).sum::<usize>() <= width;
    let radius = (4..width).rev().find(fits).unwrap_or(4);
    around(radius)
}
