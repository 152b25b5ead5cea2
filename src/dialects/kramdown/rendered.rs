//! The page as it is after Liquid: text with pieces taken out, and the way back to the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::guide::liquid::Cut;

/// A text made from a source by leaving out some ranges.
#[derive(Debug)]
pub(super) struct Rendered<'a> {
    text: Cow<'a, str>,
    /// Starts of runs that were kept: offset in the text, offset in the source.
    pieces: Vec<(usize, usize)>,
}

impl<'a> Rendered<'a> {
    /// The text of `kept` in `source` without `cuts`, which are in order and do not overlap; what is read instead of one
    /// is not longer than it. The carriage
    /// return of a line ending is left out too. A text that stays whole is not copied.
    pub(super) fn new(source: &'a str, kept: Range<usize>, cuts: &[Cut]) -> Self {
        if cuts.is_empty() && memchr::memmem::find(&source.as_bytes()[kept.clone()], b"\r\n").is_none() {
            return Self { pieces: vec![(0, kept.start)], text: Cow::Borrowed(&source[kept]) };
        }
        let mut rendered = Self { text: Cow::Owned(String::with_capacity(kept.len())), pieces: Vec::new() };
        let mut at = kept.start;
        for cut in cuts {
            rendered.keep_lines(source, at..cut.range.start);
            if !cut.instead.is_empty() {
                rendered.pieces.push((rendered.text.len(), cut.range.start));
                rendered.text.to_mut().push_str(&cut.instead);
            }
            at = cut.range.end;
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
        self.text.to_mut().push_str(&source[range]);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The source of a range of the text. What was left out at its edges is not part of it.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let following = self.following(range.start);
        let start = self.at(following, range.start);
        if range.is_empty() {
            return start..start;
        }
        let more = self.pieces[following..].iter().take_while(|piece| piece.0 < range.end).count();
        start..self.at(following + more, range.end)
    }

    /// The source of the first part of a range, up to where something was left out.
    pub(super) fn first_source(&self, range: Range<usize>) -> Range<usize> {
        let following = self.following(range.start);
        let end = self.pieces.get(following).map_or(range.end, |next| next.0.min(range.end));
        self.at(following, range.start)..self.at(following, end)
    }

    /// How many pieces start at an offset or before it.
    fn following(&self, offset: usize) -> usize {
        self.pieces.partition_point(|piece| piece.0 <= offset)
    }

    fn at(&self, following: usize, offset: usize) -> usize {
        let (out, source) = self.pieces[following.saturating_sub(1)];
        source + (offset - out)
    }
}
