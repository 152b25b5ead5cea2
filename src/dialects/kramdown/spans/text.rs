//! A block's text as kramdown gets it, and the way back to the page.

use std::ops::Range;

use crate::dialects::kramdown::lines::{Line, trim_end};

/// A run of bytes that comes from the page.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    page: usize,
    length: usize,
}

/// Room for the text of a block after another.
#[derive(Debug, Default)]
pub(in crate::dialects) struct Buffer {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::dialects) struct SpanText<'a> {
    pub(in crate::dialects) text: &'a str,
    pieces: &'a [Piece],
}

impl Buffer {
    /// The lines of a block, without spaces at both ends. Lines that follow each other on the page are not copied;
    /// parts of one line are put together without a line feed.
    pub(in crate::dialects) fn join<'a>(&'a mut self, page: &'a str, lines: &[Line]) -> SpanText<'a> {
        self.text.clear();
        self.pieces.clear();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return SpanText { text: "", pieces: &self.pieces };
        };
        let follows = |pair: &[Line]| pair[1].start == pair[0].end + 1 && page.as_bytes()[pair[0].end] == b'\n';
        if lines.windows(2).all(follows) {
            let whole = Line { end: last.end, ..*first }.trimmed(page);
            self.pieces.push(Piece { start: 0, page: whole.start, length: whole.end - whole.start });
            return SpanText { text: whole.text(page), pieces: &self.pieces };
        }
        let mut before: Option<usize> = None;
        for line in lines {
            let line = if before.is_none() { line.from(line.trimmed(page).start) } else { *line };
            let is_new = before.is_some_and(|end| page[end..line.start].contains(['\n', '\r']));
            if is_new {
                self.text.push('\n');
            }
            before = Some(line.end);
            self.pieces.push(Piece { start: self.text.len(), page: line.start, length: line.end - line.start });
            self.text.push_str(line.text(page));
        }
        SpanText { text: trim_end(&self.text), pieces: &self.pieces }
    }
}

impl SpanText<'_> {
    /// The parts of the page that a range of the text holds: where they are in the text and on the page.
    pub(in crate::dialects) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let first = self.pieces.partition_point(|piece| piece.start + piece.length <= range.start);
        let end = range.end;
        self.pieces[first..].iter().take_while(move |piece| piece.start < end).map(move |piece| {
            let part = piece.start.max(range.start)..(piece.start + piece.length).min(range.end);
            let page = piece.page + (part.start - piece.start);
            (part.clone(), page..page + part.len())
        })
    }

    /// The range of the page that a range of the text covers.
    pub(in crate::dialects) fn on_page(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, !range.is_empty());
        if range.is_empty() { start..start } else { start..self.place(range.end, false).max(start) }
    }

    /// Where an offset is on the page. Between two pieces it is the start of the next one, or the end of the
    /// one before.
    fn place(&self, at: usize, next: bool) -> usize {
        let ends_before = |piece: &Piece| piece.start + piece.length < at + usize::from(next);
        let index = self.pieces.partition_point(ends_before);
        let Some(piece) = self.pieces.get(index).or(self.pieces.last()) else { return 0 };
        piece.page + at.saturating_sub(piece.start).min(piece.length)
    }
}
