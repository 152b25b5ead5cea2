//! Tags and comments in raw HTML, by CommonMark's grammar (section 6.6): values may be without quotes.

use std::ops::Range;

use crate::dialects::html::{Grammar, RawTag, comment_end, length};

/// A part of raw HTML that is not text.
pub(super) enum Part {
    /// `<!-- ... -->`.
    Comment(Range<usize>),
    Tag(RawTag),
}

impl Part {
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Comment(range) => range.clone(),
            Self::Tag(tag) => tag.range.clone(),
        }
    }
}

/// The tags and comments of a part of a page, in order.
pub(super) fn parts(text: &str, range: Range<usize>) -> Vec<Part> {
    let text = &text[..range.end];
    let mut parts = Vec::new();
    let mut at = range.start;
    let mut comments_end = true;
    while let Some(offset) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + offset;
        at = start + 1;
        if text[start..].starts_with("<!--") {
            // Where one comment does not end, none after it does.
            if comments_end && let Some(end) = comment_end(text, start) {
                parts.push(Part::Comment(start..end));
                at = end;
            } else {
                comments_end = false;
            }
        } else if let Some(tag) = COMMONMARK.tag_at(text, start) {
            at = tag.range.end;
            parts.push(Part::Tag(tag));
        }
    }
    parts
}

/// CommonMark's grammar.
const COMMONMARK: Grammar = Grammar {
    name: |text| {
        let is_named = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_named { length(text, |c| c.is_ascii_alphanumeric() || c == '-') } else { 0 }
    },
    attribute: |text| length(text, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-')),
    value: |text| length(text, |c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '=' | '<' | '>' | '`')),
    blanks: |text| length(text, |c| c.is_ascii_whitespace()),
};
