//! Files and positions: the only place where bytes become lines and columns.
//!
//! Inside the program a position is a [`Span`]: a file and a range of bytes. Lines and columns exist
//! only at the edge, in reports.

mod encoding;
mod marks;
mod places;
mod ranges;
mod redaction;
mod size;

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use marks::LineMarks;

pub(crate) use encoding::{from_utf_16, is_utf_16, utf_16_order};
pub use places::Places;
pub(crate) use ranges::{drop_overlapping, merged, spliced};
pub(crate) use redaction::redact_at;
pub use redaction::{MASK, Secrets};
pub use size::Size;

/// Bytes between the places up to which characters are counted once for all columns.
const STRIDE: usize = 1024;

/// Names a file of the run. The workspace hands the numbers out; they say nothing about order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
///
/// `start` is the first byte, `end` the byte after the last; both lie on character boundaries of
/// the file's text. An empty span (`start == end`) marks a place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the bytes are in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// Where the line of the byte `at` of a text starts.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

impl Span {
    /// The span of the bytes `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start as u32, end: range.end as u32 }
    }

    /// The span as a range that slices the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span (in the same file).
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// Whether a cursor before the byte `at` is in the span or at one of its ends.
    pub fn touches(self, at: usize) -> bool {
        self.start as usize <= at && at <= self.end as usize
    }

    /// The smallest span that covers both; both must be in one file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the start of this one.
    #[must_use]
    pub fn at_start(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty span after the end of this one.
    #[must_use]
    pub fn at_end(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1 in Unicode scalar values.
    pub column: u32,
}

/// What is known of a file that has more bytes than the settings allow.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the file is larger than {limit}")]
pub struct TooLarge {
    /// The size that it exceeds.
    pub limit: Size,
    /// The text at its start, for telling what it is. No secret in it is marked.
    pub start: String,
}

/// A file that was read: its path as reported, its text, and where its lines start.
#[derive(Debug, Clone, Default)]
pub struct SourceFile {
    id: FileId,
    path: String,
    text: String,
    invalid: Vec<Range<usize>>,
    too_large: Option<TooLarge>,
    hidden: Vec<Range<usize>>,
    /// Secrets that are written with escapes, as they are read.
    escaped_secrets: Vec<String>,
    /// How many bytes the longest hidden range has.
    longest_hidden: usize,
    /// Finds the secrets in other texts; made when it is first asked for.
    secret_texts: OnceLock<Option<AhoCorasick>>,
    line_starts: OnceLock<Vec<u32>>,
    line_marks: LineMarks,
    /// How many characters begin before each multiple of [`STRIDE`] bytes.
    characters: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A file from text. `path` is printed as it is given.
    pub fn new(id: FileId, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id, path: path.into(), text: text.into(), ..Self::default() }
    }

    /// A file from bytes that may not be UTF-8.
    ///
    /// Each byte outside UTF-8 becomes one `?`, so offsets stay those of the file;
    /// [`SourceFile::invalid`] shows where they were.
    pub fn from_bytes(id: FileId, path: impl Into<String>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(id, path, text),
            Err(error) => {
                let bytes = error.into_bytes();
                let mut text = String::with_capacity(bytes.len());
                let mut invalid = Vec::new();
                for chunk in bytes.utf8_chunks() {
                    text.push_str(chunk.valid());
                    let start = text.len();
                    text.extend(chunk.invalid().iter().map(|_| '?'));
                    if text.len() > start {
                        invalid.push(start..text.len());
                    }
                }
                Self { invalid, ..Self::new(id, path, text) }
            }
        }
    }

    /// A file that has more than `limit` bytes: without its text, except the bytes at its start, which identify it.
    pub fn too_large(id: FileId, path: impl Into<String>, limit: Size, start: &[u8]) -> Self {
        let start = String::from_utf8_lossy(start).into_owned();
        Self { too_large: Some(TooLarge { limit, start }), ..Self::new(id, path, "") }
    }

    /// What is known of the file if it was not read for its size. Its text is empty then.
    pub fn excess(&self) -> Option<&TooLarge> {
        self.too_large.as_ref()
    }

    /// The file's number.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// The path as reported, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte ranges that were not UTF-8 in the file.
    pub fn invalid(&self) -> &[Range<usize>] {
        &self.invalid
    }

    /// Where the first NUL byte is, which marks a file as binary, as in Git.
    pub fn first_nul(&self) -> Option<usize> {
        memchr::memchr(0, self.text.as_bytes())
    }

    /// The text of a span of this file.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// A span of this file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// The line (from 1) that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts().partition_point(|start| *start <= offset) as u32
    }

    /// Line and column of the byte at `offset`; an offset after the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts()[line as usize - 1] as usize;
        let end = (offset as usize).clamp(start, self.text.len());
        // Long lines are not counted again for each of their columns.
        let before = if end - start < STRIDE {
            count_characters(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        Position { line, column: 1 + before }
    }

    /// How many characters begin before `offset`.
    fn characters_before(&self, offset: usize) -> u32 {
        let counts = self.characters.get_or_init(|| {
            let counted = self.text.as_bytes().chunks(STRIDE).scan(0, |before, chunk| {
                let count = *before;
                *before += count_characters(chunk);
                Some(count)
            });
            counted.collect()
        });
        let chunk = (offset / STRIDE).min(counts.len().saturating_sub(1));
        counts.get(chunk).map_or(0, |count| count + count_characters(&self.text.as_bytes()[chunk * STRIDE..offset]))
    }

    /// Number of lines; an empty file has one.
    pub fn line_count(&self) -> u32 {
        self.starts().len() as u32
    }

    /// The span of a line (from 1) without its line ending; `None` after the last line.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let start = *self.starts().get((line as usize).checked_sub(1)?)? as usize;
        let end = self.starts().get(line as usize).map_or(self.text.len(), |next| *next as usize);
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        Some(self.span(start..start + content.len()))
    }

    /// A mark for a line (from 1) without its secrets: what `make` makes of it under this name, once for a long line.
    pub(crate) fn line_mark(&self, name: &str, line: u32, make: impl Fn(Span) -> [u8; 16]) -> [u8; 16] {
        let span = self.line_span(line).unwrap_or_else(|| self.span(self.text.len()..self.text.len()));
        self.line_marks.get(name, line, span.len(), || make(span))
    }

    /// How the file's first line ends: what to write between inserted lines.
    pub fn line_ending(&self) -> &'static str {
        let first = memchr::memchr(b'\n', self.text.as_bytes());
        if first.is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    fn starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32 + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }
}

/// How many characters begin in some bytes of UTF-8.
fn count_characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() as u32
}
