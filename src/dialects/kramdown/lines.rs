//! Lines as a container (quote, list item) leaves them to its content, and what kramdown asks of a line.
//!
//! The questions are kramdown's regular expressions, named in the comments; consuming lines is left to
//! the block parser.

use super::Options;
use super::attributes;
pub(super) use crate::dialects::blanks::{is_blank_byte, leading_blanks, trim_end};
use crate::guide::elements::{Element, name_length};

/// A line without its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Spaces before `start` that are not in the text: the rest of a tab whose other part was indentation.
    pub(super) pad: usize,
}

/// A bullet or number that starts a list item.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListMarker {
    pub(super) ordered: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Columns from the start of the line to the end of the marker.
    pub(super) width: usize,
}

/// Bytes of a line, blank ones included: less than in any usual page, so that the lines of a large one are never moved.
const FEWEST_BYTES: usize = 16;

/// The lines of a text; `\r` alone ends a line too.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / FEWEST_BYTES + 1);
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
        lines.push(Line { start, end, pad: 0 });
        start = end + 1;
    }
    if start < text.len() {
        lines.push(Line { start, end: text.len(), pad: 0 });
    }
    lines
}

/// The column after `text`, from column `start` on; a tab leads to the next multiple of four.
pub(super) fn column(text: &str, start: usize) -> usize {
    text.chars().fold(start, |column, c| if c == '\t' { column + 4 - column % 4 } else { column + 1 })
}

impl Line {
    pub(super) fn text<'a>(&self, page: &'a str) -> &'a str {
        &page[self.start..self.end]
    }

    /// The same line from `start` on.
    pub(super) fn from(self, start: usize) -> Self {
        Self { start: start.min(self.end), pad: 0, ..self }
    }

    /// The line between its first and its last character that is not blank.
    pub(super) fn trimmed(self, page: &str) -> Self {
        let text = trim_end(self.text(page));
        let start = self.start + leading_blanks(text);
        Self { start, end: start.max(self.start + text.len()), pad: 0 }
    }

    /// `BLANK_LINE`.
    pub(super) fn is_blank(&self, page: &str) -> bool {
        self.text(page).bytes().all(is_blank_byte)
    }

    fn spaces(&self, page: &str) -> usize {
        self.text(page).bytes().take_while(|byte| *byte == b' ').count()
    }

    /// The text after `OPT_SPACE`, at most `most` spaces; `None` if there are more.
    pub(super) fn after_spaces<'a>(&self, page: &'a str, most: usize) -> Option<&'a str> {
        let (spaces, text) = (self.spaces(page), self.text(page));
        (self.pad + spaces <= most).then(|| &text[spaces..])
    }

    /// The first byte after `OPT_SPACE`; `None` if the line is blank or indented as code.
    pub(super) fn mark(&self, page: &str) -> Option<u8> {
        self.after_spaces(page, 3)?.bytes().next()
    }

    /// The line without `INDENT`: one tab or four spaces.
    pub(super) fn unindented(self, page: &str) -> Option<Self> {
        if self.pad == 0 && self.text(page).starts_with('\t') {
            return Some(Self { start: self.start + 1, ..self });
        }
        self.without_spaces(page, 4)
    }

    /// The line without its first `count` spaces, if it has so many.
    pub(super) fn without_spaces(self, page: &str, count: usize) -> Option<Self> {
        let padding = self.pad.min(count);
        let enough = self.pad + self.spaces(page) >= count;
        enough.then(|| Self { start: self.start + count - padding, pad: self.pad - padding, ..self })
    }

    /// The line with the tabs at its start as four spaces each.
    pub(super) fn with_tabs_as_spaces(self, page: &str) -> Self {
        let tabs = self.text(page).bytes().take_while(|byte| *byte == b'\t').count();
        if self.pad > 0 || tabs == 0 { self } else { Self { start: self.start + tabs, pad: 4 * tabs, ..self } }
    }

    /// Whether it begins with `columns` columns of indentation, counted in tabs or four spaces, then spaces.
    pub(super) fn is_content_of(&self, page: &str, columns: usize) -> bool {
        let units = |count: usize| (0..count).try_fold(*self, |line, _| line.unindented(page));
        let exact = || units(columns / 4).is_some_and(|line| line.without_spaces(page, columns % 4).is_some());
        exact() || units(columns / 4 + 1).is_some()
    }

    /// `EOB_MARKER`: a caret alone, which ends whatever is before it.
    pub(super) fn is_boundary_marker(&self, page: &str) -> bool {
        self.pad == 0 && self.text(page).bytes().next() == Some(b'^') && trim_end(self.text(page)) == "^"
    }

    /// `IAL_BLOCK_START` with at most `most` spaces before it: the text between `{:` and `}`.
    pub(super) fn attribute_list<'a>(&self, page: &'a str, most: usize) -> Option<&'a str> {
        let inner = self.after_spaces(page, most)?.strip_prefix("{:")?;
        let close = attributes::list_end(inner)?;
        let alone = close > 0 && inner[close + 1..].bytes().all(is_blank_byte);
        (alone && !inner.starts_with([':', '/'])).then(|| &inner[..close])
    }

    /// `LAZY_END_HTML_START` or `LAZY_END_HTML_STOP`: a tag of an element that is not part of a line of text.
    pub(super) fn starts_with_block_tag(&self, page: &str, most: usize) -> bool {
        let Some(rest) = self.after_spaces(page, most).and_then(|rest| rest.strip_prefix('<')) else { return false };
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = name_length(rest);
        let word = rest[..length].split(['-', '.', ':']).next().unwrap_or_default();
        let closed = || rest[length..].trim_start().starts_with('>');
        length > 0 && !Element::named(word).is_span() && word != "script" && (!closing || closed())
    }

    /// `LAZY_END`: what ends even a quote or list item that goes on without its marker.
    pub(super) fn ends_lazily(&self, page: &str) -> bool {
        self.is_blank(page)
            || self.attribute_list(page, 3).is_some()
            || self.is_boundary_marker(page)
            || self.starts_with_block_tag(page, 3)
    }

    /// `PARAGRAPH_END_GFM`, or `PARAGRAPH_END`.
    pub(super) fn ends_paragraph(&self, page: &str, options: &Options) -> bool {
        // No mark of a block is a letter, as most lines begin with.
        if self.mark(page).is_some_and(|mark| mark.is_ascii_alphabetic()) {
            return false;
        }
        let begins_block = || {
            self.list_marker(page, 3).is_some()
                || self.heading_level(page, options).is_some()
                || self.is_quote(page)
                || self.fence(page, options).is_some()
        };
        self.ends_lazily(page) || self.is_definition(page, 3) || options.gfm && options.paragraph_end && begins_block()
    }

    /// `BLOCKQUOTE_START`.
    pub(super) fn is_quote(&self, page: &str) -> bool {
        self.after_spaces(page, 3).is_some_and(|rest| rest.starts_with('>'))
    }

    /// `ATX_HEADER_START`: no spaces before; the GFM parser wants one after.
    pub(super) fn heading_level(&self, page: &str, options: &Options) -> Option<usize> {
        let text = self.text(page);
        let level = text.bytes().take_while(|byte| *byte == b'#').count();
        let level = if options.gfm { level } else { level.min(6) };
        let separated = !options.gfm || text[level..].starts_with([' ', '\t']);
        (self.pad == 0 && (1..=6).contains(&level) && separated).then_some(level)
    }

    /// `FENCED_CODEBLOCK_START`: how long its marks are, and where they end. Without GFM they are tildes at the left
    /// edge.
    pub(super) fn fence(&self, page: &str, options: &Options) -> Option<(usize, usize)> {
        let rest = self.after_spaces(page, if options.gfm { 3 } else { 0 })?;
        let is_mark = |byte: &u8| *byte == b'~' || options.gfm && *byte == b'`';
        let length = rest.bytes().take_while(is_mark).count();
        (length >= 3).then(|| (length, self.end - rest.len() + length))
    }

    /// `HR_START`.
    pub(super) fn is_rule(&self, page: &str) -> bool {
        let Some(rest) = self.after_spaces(page, 3) else { return false };
        let Some(mark) = rest.bytes().next().filter(|mark| matches!(mark, b'*' | b'-' | b'_')) else { return false };
        rest.bytes().filter(|byte| *byte == mark).count() >= 3
            && rest.bytes().all(|byte| byte == mark || is_blank_byte(byte))
    }

    /// `LIST_START` with at most `most` spaces before the marker.
    pub(super) fn list_marker(&self, page: &str, most: usize) -> Option<ListMarker> {
        let rest = self.after_spaces(page, most)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marked = if digits > 0 { rest[digits..].starts_with('.') } else { rest.starts_with(['+', '*', '-']) };
        // kramdown's `[\t| ]` takes a pipe for a space.
        if !marked || !rest[digits + 1..].starts_with(['\t', ' ', '|']) {
            return None;
        }
        let start = self.end - rest.len();
        let end = start + digits + 1;
        Some(ListMarker { ordered: digits > 0, start, end, width: self.pad + end - self.start })
    }

    /// `DEFINITION_LIST_START`.
    pub(super) fn is_definition(&self, page: &str, most: usize) -> bool {
        let rest = self.after_spaces(page, most).and_then(|rest| rest.strip_prefix(':'));
        rest.is_some_and(|rest| rest.starts_with(['\t', ' ', '|']))
    }
}
