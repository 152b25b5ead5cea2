//! The page as it is after Liquid: text with pieces taken out, and the way back to the source.

use std::ops::Range;

/// A text made from a source by leaving out some ranges.
#[derive(Debug)]
pub(super) struct Rendered {
    text: String,
    /// Starts of runs that were kept: offset in the text, offset in the source.
    pieces: Vec<(usize, usize)>,
}

impl Rendered {
    /// The text of `kept` in `source` without `cuts`, which are in order and do not overlap. The carriage
    /// return of a line ending is left out too.
    pub(super) fn new(source: &str, kept: Range<usize>, cuts: &[Range<usize>]) -> Self {
        let mut rendered = Self { text: String::with_capacity(kept.len()), pieces: Vec::new() };
        let mut at = kept.start;
        for cut in cuts {
            rendered.keep_lines(source, at..cut.start);
            at = cut.end;
        }
        rendered.keep_lines(source, at..kept.end);
        rendered
    }

    fn keep_lines(&mut self, source: &str, range: Range<usize>) {
        let mut start = range.start;
        for end in memchr::memchr_iter(b'\r', &source.as_bytes()[range.clone()]).map(|at| range.start + at) {
            if source[end + 1..].starts_with('\n') {
                self.keep(source, start..end);
                start = end + 1;
            }
        }
        self.keep(source, start..range.end);
    }

    fn keep(&mut self, source: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(&source[range]);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The source of a range of the text. What was left out at its edges is not part of it.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.at(self.pieces.partition_point(|piece| piece.0 <= range.start), range.start);
        if range.is_empty() {
            return start..start;
        }
        start..self.at(self.pieces.partition_point(|piece| piece.0 < range.end), range.end)
    }

    fn at(&self, behind: usize, offset: usize) -> usize {
        let (out, source) = self.pieces[behind.saturating_sub(1)];
        source + (offset - out)
    }

    /// The parts of a range between which something was left out.
    pub(super) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let first = self.pieces.partition_point(|piece| piece.0 <= range.start).saturating_sub(1);
        let starts = self.pieces[first..].iter().map(|piece| piece.0);
        let ends = self.pieces[first + 1..].iter().map(|piece| piece.0).chain([usize::MAX]);
        let end = range.end;
        let parts = starts.zip(ends).take_while(move |(start, _)| *start < end);
        parts.map(move |(start, end)| start.max(range.start)..end.min(range.end)).filter(|part| !part.is_empty())
    }
}
