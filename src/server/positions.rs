//! Positions of the protocol: lines from 0, and columns in the unit that client and server agreed on.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind};

/// The unit of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first of the client's encodings that costs least; UTF-16 where it names none.
    pub(super) fn best(offered: &[PositionEncodingKind]) -> Self {
        let has = |kind: &PositionEncodingKind| offered.contains(kind);
        match () {
            () if has(&PositionEncodingKind::UTF8) => Self::Utf8,
            () if has(&PositionEncodingKind::UTF32) && !has(&PositionEncodingKind::UTF16) => Self::Utf32,
            () => Self::Utf16,
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text start. A line ends with `\n`, `\r\n` or a `\r` alone.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn new(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| {
            // The `\n` of `\r\n` ends the line.
            bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')
        });
        Self { starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), encoding }
    }

    /// The position of a byte; `text` is the one that the lines are of.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = text.get(self.starts[line]..offset).unwrap_or_default();
        let character = match self.encoding {
            Encoding::Utf8 => before.len(),
            _ => before.chars().map(|character| self.encoding.width(character)).sum(),
        };
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte at a position. A column beyond the end of its line is the end; one within a character is its start.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, character) in line.char_indices() {
            let width = self.encoding.width(character);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    pub(super) fn range(&self, text: &str, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(text, range.start), end: self.position(text, range.end) }
    }

    /// The bytes of a range. Some clients give the end first.
    pub(super) fn bytes(&self, text: &str, range: lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.offset(text, range.start), self.offset(text, range.end));
        start.min(end)..start.max(end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Lines};
    use lsp_types::Position;

    const TEXT: &str = "a\u{e9}\u{1d4b3}b\r\nsecond\rthird\n";

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_the_agreed_unit() {
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let lines = Lines::new(TEXT, encoding);
            let byte = TEXT.find('b').expect("it is there");
            assert_eq!(lines.position(TEXT, byte), at(0, column));
            assert_eq!(lines.offset(TEXT, at(0, column)), byte);
        }
    }

    #[test]
    fn a_position_outside_the_text_or_within_a_character_is_moved() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(TEXT, at(0, 99)), TEXT.find('\r').expect("it is there"), "beyond the end of the line");
        assert_eq!(lines.offset(TEXT, at(0, 3)), 3, "within a surrogate pair");
        assert_eq!(lines.offset(TEXT, at(99, 0)), TEXT.len(), "beyond the last line");
    }

    #[test]
    fn every_kind_of_line_ending_counts() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.position(TEXT, TEXT.find("second").expect("it is there")), at(1, 0));
        assert_eq!(lines.position(TEXT, TEXT.find("third").expect("it is there")), at(2, 0));
        assert_eq!(lines.position(TEXT, TEXT.len()), at(3, 0));
    }
}
