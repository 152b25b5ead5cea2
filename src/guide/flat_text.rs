//! What a reader sees, and the byte each character came from.
//!
//! Inline markup, Liquid and attribute lists are gone, entities and escapes are replaced, a line break
//! inside a paragraph is a space, and blocks (paragraphs, cells, items) are separated by `\n`.

use std::ops::Range;
use std::sync::OnceLock;

use crate::searchable::{Searchable, WordIndex, WordStart, hash_of};
use crate::source::{FileId, Span};

/// How a piece of text is set. Several may hold at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style(u8);

impl Style {
    /// Plain text.
    pub const PLAIN: Style = Style(0);
    /// In a code span or code block.
    pub const CODE: Style = Style(1);
    /// Strong emphasis.
    pub const STRONG: Style = Style(2);
    /// Emphasis.
    pub const EMPHASIS: Style = Style(4);
    /// Inside a link.
    pub const LINK: Style = Style(8);
    /// In a heading.
    pub const HEADING: Style = Style(16);
    /// Inside `{% raw %}`.
    pub const RAW: Style = Style(32);
    /// In an HTML element whose content is not read as Markdown.
    pub const HTML: Style = Style(64);

    /// Whether all of `other` holds.
    pub fn has(self, other: Style) -> bool {
        self.0 & other.0 == other.0
    }

    /// What holds of either.
    #[must_use]
    pub fn with(self, other: Style) -> Style {
        Style(self.0 | other.0)
    }

    /// This without `other`.
    #[must_use]
    pub fn without(self, other: Style) -> Style {
        Style(self.0 & !other.0)
    }
}

/// A run of text that comes from one run of source bytes.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Where it starts in the flat text.
    pub start: u32,
    /// Where its source starts.
    pub source: u32,
    /// Source bytes; equal to the piece's length unless the text was replaced (entity, escape, line break).
    pub source_len: u32,
    /// How it is set.
    pub style: Style,
}

/// Bytes of text for a piece: less than in any usual page, so that the pieces of a large one are never moved. Room that
/// is not used takes no memory.
const FEWEST_BYTES: usize = 8;

/// The reader's text of a page.
#[derive(Debug, Default)]
pub struct FlatText {
    file: FileId,
    text: String,
    pieces: Vec<Piece>,
    /// Counted when the text is complete and first searched.
    words: OnceLock<WordIndex>,
    /// Where its line feeds are; found when the text is complete.
    line_feeds: OnceLock<Vec<u32>>,
    /// Where it has backticks that are not code; found when the text is complete.
    backticks: OnceLock<Vec<u32>>,
}

impl FlatText {
    /// An empty text of `file` with room for `length` bytes.
    pub fn with_capacity(file: FileId, length: usize) -> Self {
        let pieces = Vec::with_capacity(length / FEWEST_BYTES);
        Self { file, text: String::with_capacity(length), pieces, ..Self::default() }
    }

    /// Adds text that came from the source bytes `source`.
    pub fn push(&mut self, text: &str, source: Range<usize>, style: Style) {
        if text.is_empty() {
            return;
        }
        let (start, at) = (self.text.len() as u32, source.start as u32);
        self.text.push_str(text);
        let same = text.len() == source.len();
        if same
            && let Some(last) = self.pieces.last()
            && last.style == style
            && last.source + last.source_len == at
            && last.source_len == start - last.start
        {
            let last = self.pieces.len() - 1;
            self.pieces[last].source_len += source.len() as u32;
            return;
        }
        self.pieces.push(Piece { start, source: at, source_len: source.len() as u32, style });
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, for the search of phrases.
    pub fn searchable(&self) -> Searchable<'_> {
        Searchable::with_words(&self.text, self.word_index())
    }

    /// A range of bytes of the text, for the search of phrases.
    ///
    /// # Panics
    /// If `range` is out of bounds or cuts a character, as for slices.
    pub fn searchable_in(&self, range: Range<usize>) -> Searchable<'_> {
        self.searchable().within(range)
    }

    /// Where the words begin.
    pub fn words(&self) -> &[WordStart] {
        self.word_index().words()
    }

    /// Where the words begin that are `word`, whatever the case of their ASCII letters, the last one first.
    pub fn starts_of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        // Others may have the same hash.
        self.word_index().starts_of(hash_of(word)).filter(|at| self.is_word(*at, word))
    }

    /// Whether the letters of `word` are at `at`, whatever the case of those in ASCII.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        let letters = self.text.as_bytes()[at..].get(..word.len());
        letters.is_some_and(|letters| letters.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The places in [`FlatText::words`] of those that may be the same as one of the `distance` words before
    /// them: of all that are, and of few others.
    pub fn repeated_words(&self, distance: u32) -> impl Iterator<Item = usize> + '_ {
        self.word_index().repeated(distance)
    }

    fn word_index(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::of(&self.text))
    }

    /// The line around the byte at `at`: a paragraph, a cell, an item, without its line break.
    pub fn line_at(&self, at: usize) -> Range<usize> {
        let feeds = self
            .line_feeds
            .get_or_init(|| memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32).collect());
        let next = feeds.partition_point(|feed| (*feed as usize) < at);
        let start = next.checked_sub(1).map_or(0, |before| feeds[before] as usize + 1);
        start..feeds.get(next).map_or(self.text.len(), |feed| *feed as usize)
    }

    /// Whether a range of bytes has a backtick that is published as it is.
    pub fn has_backtick(&self, range: &Range<usize>) -> bool {
        let is_shown = |at: &usize| !self.style_at(*at).has(Style::CODE);
        let backticks = self.backticks.get_or_init(|| {
            memchr::memchr_iter(b'`', self.text.as_bytes()).filter(is_shown).map(|at| at as u32).collect()
        });
        let first = backticks.partition_point(|at| (*at as usize) < range.start);
        backticks.get(first).is_some_and(|at| (*at as usize) < range.end)
    }

    /// The part before `at` of the line around it, of at most `longest` bytes.
    pub fn line_before(&self, at: usize, longest: usize) -> Range<usize> {
        let start = self.text.ceil_char_boundary(at.saturating_sub(longest));
        let line = memchr::memrchr(b'\n', &self.text.as_bytes()[start..at]).map_or(start, |end| start + end + 1);
        line..at
    }

    /// The part from `at` on of the line around it, of at most `longest` bytes.
    pub fn line_after(&self, at: usize, longest: usize) -> Range<usize> {
        let end = self.text.floor_char_boundary(at + longest);
        at..memchr::memchr(b'\n', &self.text.as_bytes()[at..end]).map_or(end, |length| at + length)
    }

    /// Bytes of text so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The source of a range of bytes of this text: from the source of its first character to the
    /// end of the source of its last one. Replaced characters count whole.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let start = self.source_of(range.start, false);
        let end = if range.is_empty() { start } else { self.source_of(range.end, true).max(start) };
        Span::new(self.file, start..end)
    }

    /// Where the source byte `source` is in a part of this text that has its source in order, as the text of a block has;
    /// `None` if the part begins after it.
    pub fn place_of(&self, part: &Range<usize>, source: usize) -> Option<usize> {
        let first = self.pieces.partition_point(|piece| piece.start as usize <= part.start).saturating_sub(1);
        let count = self.pieces[first..].partition_point(|piece| (piece.start as usize) < part.end);
        let pieces = &self.pieces[first..first + count];
        let piece = pieces[..pieces.partition_point(|piece| piece.source as usize <= source)].last()?;
        Some(piece.start as usize + (source - piece.source as usize))
    }

    /// The style of the byte at `at`.
    pub fn style_at(&self, at: usize) -> Style {
        self.piece(at).map_or(Style::PLAIN, |piece| piece.style)
    }

    /// The bytes around the one at `at` that are set as it is.
    pub fn run_at(&self, at: usize) -> Range<usize> {
        let (before, after) = self.pieces.split_at(self.pieces.partition_point(|piece| piece.start as usize <= at));
        let style = self.style_at(at);
        let first = before.iter().rev().take_while(|piece| piece.style == style).last();
        let next = after.iter().find(|piece| piece.style != style);
        let place = |piece: &Piece| piece.start as usize;
        first.map_or(at, place)..next.map_or(self.text.len(), place)
    }

    /// Whether each byte of `range` has `style`.
    pub fn all_have(&self, range: Range<usize>, style: Style) -> bool {
        self.pieces_in(range).all(|piece| piece.style.has(style))
    }

    /// Whether some byte of `range` has `style`.
    pub fn any_has(&self, range: Range<usize>, style: Style) -> bool {
        self.pieces_in(range).any(|piece| piece.style.has(style))
    }

    fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = &Piece> {
        let first = self.pieces.partition_point(|piece| piece.start as usize <= range.start).saturating_sub(1);
        self.pieces[first.min(self.pieces.len())..].iter().take_while(move |piece| (piece.start as usize) < range.end)
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start as usize <= at);
        self.pieces[..after].last()
    }

    /// The source offset of the flat offset `at`; as an end (`end`), that of the byte before it.
    fn source_of(&self, at: usize, end: bool) -> usize {
        let probe = if end { at.saturating_sub(1) } else { at };
        let after = self.pieces.partition_point(|piece| piece.start as usize <= probe);
        let Some(piece) = self.pieces[..after].last() else { return 0 };
        let length = self.pieces.get(after).map_or(self.text.len(), |next| next.start as usize) - piece.start as usize;
        let (offset, source) = (at - piece.start as usize, piece.source as usize);
        if length == piece.source_len as usize {
            source + offset.min(length)
        } else if end || offset >= length {
            source + piece.source_len as usize
        } else {
            source
        }
    }
}
