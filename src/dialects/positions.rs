//! Where the parts of a text that was made from a page are written on the page.

use std::ops::Range;

/// A text made from a page: parts of it, and the text that was written instead.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) text: String,
    /// Where its parts are from.
    pub(super) positions: Positions,
}

/// From offsets of a text to offsets of its page.
#[derive(Debug, Default)]
pub(super) struct Positions {
    pieces: Vec<Piece>,
}

/// A part of a text, up to the next one.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it starts in the text.
    start: usize,
    /// Where it is on the page.
    source: usize,
    /// Whether it is a part of the page; otherwise it replaces another part.
    is_copy: bool,
}

impl Positions {
    /// Those of a text that is the page from `start` on.
    pub(super) fn from(start: usize) -> Self {
        Self { pieces: vec![Piece { start: 0, source: start, is_copy: true }] }
    }

    /// The bytes of the page that a part of the text is from.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at(range.start);
        // The end of a part is that of its last byte: what follows it may be from elsewhere.
        let end = if range.is_empty() { start } else { self.after(range.end - 1) };
        start..end.max(start)
    }

    /// Where other parts of the page begin inside a part of the text.
    pub(super) fn seams(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start);
        let end = range.end;
        self.pieces[first..].iter().map(|piece| piece.start).take_while(move |start| *start < end)
    }

    fn at(&self, offset: usize) -> usize {
        let piece = self.piece(offset);
        if piece.is_copy { piece.source + (offset - piece.start) } else { piece.source }
    }

    fn after(&self, last: usize) -> usize {
        let piece = self.piece(last);
        if piece.is_copy { piece.source + (last - piece.start) + 1 } else { piece.source }
    }

    fn piece(&self, offset: usize) -> Piece {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces.get(after.saturating_sub(1)).copied().unwrap_or(Piece { start: 0, source: 0, is_copy: false })
    }
}

impl Made {
    /// Adds a part of the page.
    pub(super) fn copy(&mut self, page: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let goes_on = self.positions.pieces.last().is_some_and(|last| {
            last.is_copy && last.source + (self.text.len() - last.start) == range.start && last.start < self.text.len()
        });
        if !goes_on {
            self.positions.pieces.push(Piece { start: self.text.len(), source: range.start, is_copy: true });
        }
        self.text.push_str(&page[range]);
    }

    /// Adds the text that replaces a part of the page at `source`.
    pub(super) fn write(&mut self, written: &str, source: usize) {
        if !written.is_empty() {
            self.positions.pieces.push(Piece { start: self.text.len(), source, is_copy: false });
            self.text.push_str(written);
        }
    }
}
