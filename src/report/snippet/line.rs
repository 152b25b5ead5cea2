//! One line of source as it is shown: masked, without control characters, cut to a width.
//!
//! Each character shown remembers the bytes of the file that it stands for, so labels find their
//! columns again whatever was replaced.

use std::ops::Range;

use crate::report::visible::visible_char;
use crate::source::{MASK, Secrets, SourceFile, Span, merged};

const ELLIPSIS: char = '…';

/// Columns that are shown around a place, however little room there is.
const NEAREST: usize = 4;

/// Bytes on each side of a place that are read for each column: enough for the widest characters.
pub(in crate::report) const BYTES_PER_COLUMN: usize = 8;

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
    /// The line at `span` in at most about `width` columns: the bytes of `kept` are shown with what surrounds them,
    /// from the start of each as far as there is room, and an ellipsis replaces the rest. Of a long line only what may
    /// be shown is read.
    pub(in crate::report) fn new(
        file: &SourceFile,
        span: Span,
        secrets: &Secrets,
        kept: &[Range<usize>],
        width: usize,
    ) -> Self {
        let line = span.range();
        let reach = BYTES_PER_COLUMN * width;
        let near =
            if line.len() <= reach { std::slice::from_ref(&line).to_vec() } else { surroundings(&line, kept, reach) };
        let mut whole = Self { cells: Vec::new() };
        let mut done = line.start;
        for part in near {
            let masked = masked(file, &line, &part, secrets);
            let around = |at: usize| masked.iter().find(|range| range.start < at && at < range.end);
            // A secret is masked as a whole.
            let start = around(part.start).map_or(part.start, |range| range.start).max(done);
            let end = around(part.end).map_or(part.end, |range| range.end).max(start);
            let (start, end) = (file.text().floor_char_boundary(start), file.text().floor_char_boundary(end));
            whole.leave_out(done..start);
            whole.add(file.text(), start..end, &masked);
            done = end;
        }
        whole.leave_out(done..line.end);
        whole.cut(kept, width)
    }

    /// Adds a part of the file's text with its secrets masked.
    fn add(&mut self, text: &str, part: Range<usize>, masked: &[Range<usize>]) {
        let mut masked = masked.iter().peekable();
        for (offset, character) in text[part.clone()].char_indices() {
            let from = part.start + offset;
            while masked.next_if(|range| range.end <= from).is_some() {}
            match masked.peek().filter(|range| range.contains(&from)) {
                Some(range) if range.start == from => {
                    self.cells.extend(MASK.chars().map(|shown| Cell { shown, from, to: range.end }));
                }
                Some(_) => {}
                // A byte order mark is not a character of the text.
                None if from == 0 && character == '\u{feff}' => {}
                None => {
                    self.cells.push(Cell { shown: visible_char(character), from, to: from + character.len_utf8() });
                }
            }
        }
    }

    /// Adds an ellipsis for a part of the file's text.
    fn leave_out(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            self.cells.push(Cell { shown: ELLIPSIS, from: part.start, to: part.end });
        }
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

    /// The line in at most about `width` columns.
    fn cut(self, kept: &[Range<usize>], width: usize) -> Self {
        if self.cells.len() <= width {
            return self;
        }
        let cell_at = |offset: usize| self.cells.partition_point(|cell| cell.to <= offset);
        let kept: Vec<_> = kept.iter().map(|kept| cell_at(kept.start)..cell_at(kept.end)).collect();
        let kept = windows(&kept, self.cells.len(), width);
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

    /// Where in [`Line::text`] the text before `offset` in the file ends.
    pub(in crate::report) fn end_of(&self, offset: usize) -> usize {
        self.bytes_before(self.cells.partition_point(|cell| cell.from < offset))
    }

    fn bytes_before(&self, index: usize) -> usize {
        self.cells[..index].iter().map(|cell| cell.shown.len_utf8()).sum()
    }
}

/// The parts of a line that are at most `reach` bytes from the start of one of `kept`, or from its own start if there
/// are not one.
fn surroundings(line: &Range<usize>, kept: &[Range<usize>], reach: usize) -> Vec<Range<usize>> {
    let kept = if kept.is_empty() { std::slice::from_ref(line) } else { kept };
    let around =
        |kept: &Range<usize>| kept.start.saturating_sub(reach).max(line.start)..(kept.start + reach).min(line.end);
    merged(kept.iter().map(around).collect())
}

/// The secrets in and around a part of a line.
fn masked(file: &SourceFile, line: &Range<usize>, part: &Range<usize>, secrets: &Secrets) -> Vec<Range<usize>> {
    let longest = secrets.longest();
    let start = file.text().floor_char_boundary(part.start.saturating_sub(longest).max(line.start));
    let end = file.text().floor_char_boundary((part.end + longest).min(line.end));
    let by_place = file.hidden_in(start..end).iter();
    let by_place = by_place.map(|range| range.start.max(line.start)..range.end.min(line.end));
    let by_text = secrets.places_in(&file.text()[start..end]);
    let by_text = by_text.into_iter().map(|range| range.start + start..range.end + start);
    merged(by_place.chain(by_text).collect())
}

/// The widest equal surroundings of `kept` (the start of the line without them) that together fit `width` of
/// `len` columns. What does not fit itself is cut at its end.
fn windows(kept: &[Range<usize>], len: usize, width: usize) -> Vec<Range<usize>> {
    let start = 0..0;
    let kept = if kept.is_empty() { std::slice::from_ref(&start) } else { kept };
    let longest = (width / kept.len()).saturating_sub(2 * (NEAREST + 1)).max(1);
    let around = |radius: usize| {
        let around = |kept: &Range<usize>| {
            let end = kept.end.min(kept.start + longest);
            kept.start.saturating_sub(radius)..(end + radius).min(len)
        };
        merged(kept.iter().map(around).collect())
    };
    // An ellipsis may be before each window and after the last one.
    let fits = |radius: &usize| {
        let windows = around(*radius);
        windows.iter().map(ExactSizeIterator::len).sum::<usize>() + windows.len() < width
    };
    let radius = (NEAREST..width).rev().find(fits).unwrap_or(NEAREST);
    around(radius)
}
