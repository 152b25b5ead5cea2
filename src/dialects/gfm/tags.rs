//! Tags and comments in raw HTML, by CommonMark's grammar (section 6.6): values may be without quotes.

use std::ops::Range;

use super::paired;
use crate::dialects::html::{RawAttribute, RawTag, comment_end};
use crate::dialects::positions::Made;
use crate::guide::{Attribute, Tag};
use crate::source::SourceFile;

/// A part of raw HTML that is not text.
pub(super) enum Part {
    /// `<!-- ... -->`.
    Comment(Range<usize>),
    /// A tag.
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
        } else if let Some(tag) = tag_at(text, start) {
            at = tag.range.end;
            parts.push(Part::Tag(tag));
        }
    }
    parts
}

/// The tag at `start`, a `<`.
fn tag_at(text: &str, start: usize) -> Option<RawTag> {
    let closing = text[start + 1..].starts_with('/');
    let name_start = start + 1 + usize::from(closing);
    let name_end = name_start + length(&text[name_start..], |c| c.is_ascii_alphanumeric() || c == '-');
    if !text[name_start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        let next = at + spaces(&text[at..]);
        let name = length(&text[next..], |c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'));
        if closing || next == at || name == 0 {
            at = next;
            break;
        }
        let (attribute, end) = attribute(text, next..next + name)?;
        attributes.push(attribute);
        at = end;
    }
    RawTag::ended(text, start..at, name_start..name_end, attributes)
}

/// The attribute with this name, and where it ends.
fn attribute(text: &str, name: Range<usize>) -> Option<(RawAttribute, usize)> {
    let equals = name.end + spaces(&text[name.end..]);
    if !text[equals..].starts_with('=') {
        let end = name.end;
        return Some((RawAttribute { name, value: None }, end));
    }
    let value = equals + 1 + spaces(&text[equals + 1..]);
    let quote = *text.as_bytes().get(value)?;
    if matches!(quote, b'"' | b'\'') {
        let close = value + 1 + memchr::memchr(quote, &text.as_bytes()[value + 1..])?;
        return Some((RawAttribute { name, value: Some(value + 1..close) }, close + 1));
    }
    let word = length(&text[value..], |c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '=' | '<' | '>' | '`'));
    (word > 0).then(|| (RawAttribute { name, value: Some(value..value + word) }, value + word))
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

fn spaces(text: &str) -> usize {
    length(text, |c| c.is_ascii_whitespace())
}

/// The tags of a page, in order and paired.
pub(super) fn published(source: &SourceFile, made: &Made, tags: Vec<RawTag>) -> Vec<Tag> {
    let span = |range: &Range<usize>| source.span(made.positions.source(range));
    let written = |range: &Range<usize>| &made.text[range.clone()];
    let attribute = |attribute: &RawAttribute| Attribute {
        name: written(&attribute.name).to_ascii_lowercase(),
        span: span(&attribute.name),
        value: attribute.value.as_ref().map(|range| (written(range).to_owned(), span(range))),
    };
    let tag = |tag: RawTag| Tag {
        span: span(&tag.range),
        kind: tag.kind,
        attributes: tag.attributes.iter().map(attribute).collect(),
        partner: tag.partner,
        unclosed: tag.unclosed,
        name: tag.name,
    };
    paired(tags).into_iter().map(tag).collect()
}
