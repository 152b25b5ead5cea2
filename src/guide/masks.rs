//! The text of all blocks as one document, in which the CommonMark parser reads the inline elements.
//!
//! Each block's lines become a paragraph that cannot be anything else. A text without any mark is left out, as the
//! parser has nothing to find in it. What kramdown reads in its own way (code spans, tags, comments, attribute
//! lists, what looks like markup and is none) is overwritten byte for byte with a filler and remembered as an
//! [`Atom`] or shown as it is written. The simplest of these texts are read here; the parser gets the others. Which
//! element stands where is left to [`super::inline`].

mod masker;
mod simple;

use std::ops::Range;

use self::masker::Masker;
pub(super) use self::simple::Part;
use super::blocks::{Blocks, Body};
use super::byte_set::ByteSet;
use super::html::RawTag;
use super::lines::{Line, is_blank_byte};
use super::{BlockId, BlockKind};

/// Stands for a byte that is no markup: a letter to the parser.
const FILLER: u8 = 0x1a;

/// Stands for a byte of a target: a letter, as the parser wants no control characters there.
const TARGET: u8 = b'x';

/// What inline elements, escapes and attribute lists begin with.
const MARKS: ByteSet = ByteSet::of(b"*_`~[<&\\{");

/// The document and what is masked in it. Offsets are those of the document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What the parser reads: the masked texts that are not simple. Its offsets are those of the document without
    /// [`Leaf::skipped`].
    pub(super) unread: String,
    /// The texts before masking.
    pub(super) original: String,
    pub(super) leaves: Vec<Leaf>,
    /// The parts of simple texts.
    pub(super) parts: Vec<(Part, Range<usize>)>,
    /// In order.
    pub(super) atoms: Vec<Atom>,
    /// Targets written in links and images, by the end of the link.
    pub(super) targets: Vec<(usize, Range<usize>)>,
    /// Tags within text; their offsets, and those of comments, are of the rendered text.
    pub(super) tags: Vec<RawTag>,
    pub(super) comments: Vec<Range<usize>>,
    pieces: Vec<Piece>,
}

/// The text of one block that is not plain.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) block: BlockId,
    pub(super) range: Range<usize>,
    /// If it is simple, its parts among [`Document::parts`].
    pub(super) parts: Option<Range<usize>>,
    /// How many bytes of the document before it the parser does not get.
    pub(super) skipped: usize,
}

/// Something that the parser shall not look into.
#[derive(Debug)]
pub(super) struct Atom {
    pub(super) range: Range<usize>,
    pub(super) kind: AtomKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AtomKind {
    /// A tag; the index into [`Document::tags`].
    Tag(usize),
    /// A code span and its content.
    Code(Range<usize>),
    /// Nothing that a reader sees.
    Hidden,
}

/// A run of bytes that comes from the rendered text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    rendered: usize,
    length: usize,
}

impl Document {
    /// The document of all text with marks in `blocks`; `text` is the rendered page.
    pub(super) fn new(text: &str, blocks: &Blocks) -> Self {
        let length = text.len() + text.len() / 4;
        let mut masked = Vec::with_capacity(length);
        let mut unread = Vec::with_capacity(length);
        let mut document = Self {
            original: String::with_capacity(length),
            leaves: Vec::with_capacity(blocks.drafts.len()),
            pieces: Vec::with_capacity(blocks.lines.len()),
            ..Self::default()
        };
        for (block, draft) in blocks.drafts.iter().enumerate() {
            let (lines, raw) = match &draft.body {
                Body::Text(lines) if is_plain(text, &blocks.lines[lines.clone()]) => continue,
                Body::Text(lines) => (&blocks.lines[lines.clone()], false),
                Body::Html(lines) => (&blocks.lines[lines.clone()], true),
                _ => continue,
            };
            let range = document.push_lines(text, lines);
            if range.is_empty() {
                continue;
            }
            masked.extend_from_slice(&document.original.as_bytes()[masked.len()..]);
            let item = draft.parent.filter(|parent| parent + 1 == block);
            let is_task = item.is_some_and(|item| matches!(blocks.drafts[item].kind, BlockKind::Item { .. }));
            let mut pass = Masker::new(&mut document, &mut masked, blocks, range.clone(), raw, draft.in_html);
            if is_task {
                pass.check_box();
            }
            pass.run();
            let parts = document.read_simple(&masked[range.clone()], range.start);
            let skipped = range.start - unread.len();
            if parts.is_none() {
                unread.extend_from_slice(&masked[range.start..]);
            }
            document.leaves.push(Leaf { block, range, parts, skipped });
        }
        // Whole characters are overwritten by ASCII, so the bytes stay UTF-8.
        document.unread = String::from_utf8(unread).unwrap_or_default();
        document
    }

    /// Adds a block's lines as a paragraph.
    fn push_lines(&mut self, text: &str, lines: &[Line]) -> Range<usize> {
        let before = self.original.len();
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter().enumerate() {
            let trimmed = line.trimmed(text);
            let end = if index == last { trimmed.end } else { line.end };
            let content = &text[trimmed.start..end];
            if index > 0 {
                // Indented so far, a line of a paragraph is nothing but its continuation.
                self.original.push_str("\n    ");
            } else if !is_safe_start(content) {
                self.original.push(char::from(FILLER));
            }
            let (start, rendered, length) = (self.original.len(), trimmed.start, content.len());
            self.pieces.push(Piece { start, rendered, length });
            self.original.push_str(content);
        }
        let range = before..self.original.len();
        self.original.push_str("\n\n");
        range
    }

    /// Reads a masked text if it is simple.
    fn read_simple(&mut self, masked: &[u8], start: usize) -> Option<Range<usize>> {
        let before = self.parts.len();
        if !simple::parts(masked, start, &mut self.parts) {
            self.parts.truncate(before);
            return None;
        }
        Some(before..self.parts.len())
    }

    /// The range of the document that the parser knows as another.
    pub(super) fn of_parser(&self, range: Range<usize>) -> Range<usize> {
        let behind = self.leaves.partition_point(|leaf| leaf.range.start - leaf.skipped <= range.start);
        let skipped = self.leaves[..behind].last().map_or(0, |leaf| leaf.skipped);
        range.start + skipped..range.end + skipped
    }

    /// The pieces of the rendered text that a range of the document holds.
    pub(super) fn rendered_parts(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        let first = self.pieces.partition_point(|piece| piece.start + piece.length <= range.start);
        let end = range.end;
        self.pieces[first..].iter().take_while(move |piece| piece.start < end).map(move |piece| {
            let part = piece.start.max(range.start)..(piece.start + piece.length).min(range.end);
            let rendered = piece.rendered + (part.start - piece.start);
            (part.clone(), rendered..rendered + part.len())
        })
    }

    /// The range of the rendered text that a range of the document covers.
    pub(super) fn rendered(&self, range: Range<usize>) -> Range<usize> {
        let index = self
            .pieces
            .partition_point(|piece| piece.start + piece.length < range.start + usize::from(!range.is_empty()));
        let Some(first) = self.pieces.get(index).or(self.pieces.last()) else { return 0..0 };
        let start = first.rendered + range.start.saturating_sub(first.start).min(first.length);
        let covered = self.pieces[index..].iter().take_while(|piece| piece.start < range.end);
        let end = covered.last().map_or(start, |last| last.rendered + (range.end - last.start).min(last.length));
        start..end.max(start)
    }
}

/// Whether a text is shown as it is written: nothing in it begins like an inline element, an escape or an attribute
/// list, and no line has blanks at its end, which may break it.
fn is_plain(text: &str, lines: &[Line]) -> bool {
    let has_mark = |line: &Line| MARKS.find(line.text(text).as_bytes()).is_some();
    let ends_with_blank = |line: &Line| line.text(text).bytes().next_back().is_some_and(is_blank_byte);
    !lines.iter().any(has_mark) && !lines.iter().rev().skip(1).any(ends_with_blank)
}

/// Whether a text that begins like this can only be a paragraph to the parser, and whether what stands
/// before its first character matters for emphasis.
fn is_safe_start(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some(mark @ ('*' | '_')) => {
            let next = text.trim_start_matches(mark).chars().next();
            next.is_some_and(|next| !next.is_whitespace()) && !text.chars().all(|c| c == mark || c.is_whitespace())
        }
        Some(first) => first.is_alphabetic(),
        None => false,
    }
}
