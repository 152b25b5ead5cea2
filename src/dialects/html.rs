//! HTML tags and comments where they are: reading one, finding where an element ends, pairing. Which tags a page has is
//! found out by the readers of the dialects.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_general_category::{GeneralCategory, get_general_category};

use super::blanks::leading_blanks;
use crate::guide::elements::{Element, Model, name_length};
use crate::guide::{Attribute, Tag, TagKind};
use crate::source::Span;

/// A tag, in offsets of the text it was read from.
#[derive(Debug)]
pub(super) struct RawTag {
    pub(super) range: Range<usize>,
    pub(super) name: String,
    pub(super) element: Element,
    pub(super) kind: TagKind,
    pub(super) attributes: Vec<RawAttribute>,
    pub(super) unclosed: bool,
    pub(super) partner: Option<usize>,
}

#[derive(Debug)]
pub(super) struct RawAttribute {
    pub(super) name: Range<usize>,
    pub(super) value: Option<Range<usize>>,
}

impl RawTag {
    /// The value of an attribute, in offsets of the text that the tag's offsets belong to: the last one of its name
    /// counts, and one without a value has an empty one.
    pub(super) fn value(&self, text: &str, name: &str) -> Option<Range<usize>> {
        let named = |attribute: &&RawAttribute| text[attribute.name.clone()].eq_ignore_ascii_case(name);
        let RawAttribute { name, value } = self.attributes.iter().rfind(named)?;
        Some(value.clone().unwrap_or(name.end..name.end))
    }

    /// The tag whose name and attributes were read, if `>` or `/>` follows them.
    pub(super) fn ended(
        text: &str,
        read: Range<usize>,
        name: Range<usize>,
        attributes: Vec<RawAttribute>,
    ) -> Option<Self> {
        let closing = text[read.start + 1..].starts_with('/');
        let empty = !closing && text[read.end..].starts_with("/>");
        if !empty && !text[read.end..].starts_with('>') {
            return None;
        }
        let name = text[name].to_ascii_lowercase();
        let element = Element::named(&name);
        let kind = match (closing, empty || element.is_void()) {
            (true, _) => TagKind::Close,
            (false, true) => TagKind::Empty,
            (false, false) => TagKind::Open,
        };
        let range = read.start..read.end + 1 + usize::from(empty);
        Some(Self { range, name, element, kind, attributes, unclosed: false, partner: None })
    }

    pub(super) fn name_range(&self) -> Range<usize> {
        let start = self.range.start + if self.kind == TagKind::Close { 2 } else { 1 };
        start..start + self.name.len()
    }
}

/// What a dialect takes for the parts of a tag: how many bytes at the beginning of a text belong to one.
pub(super) struct Grammar {
    /// The name of an element.
    pub(super) name: fn(&str) -> usize,
    /// The name of an attribute.
    pub(super) attribute: fn(&str) -> usize,
    /// A value without quotes.
    pub(super) value: fn(&str) -> usize,
    /// Space between them.
    pub(super) blanks: fn(&str) -> usize,
}

/// kramdown's `HTML_TAG_RE`.
pub(super) const KRAMDOWN: Grammar =
    Grammar { name: name_length, attribute: name_length, value: |text| length(text, is_word), blanks: leading_blanks };

/// How many bytes at the beginning of a text belong to something.
pub(super) fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

impl Grammar {
    /// The tag at `start`, a `<`.
    pub(super) fn tag_at(&self, text: &str, start: usize) -> Option<RawTag> {
        let closing = text[start + 1..].starts_with('/');
        let name_start = start + 1 + usize::from(closing);
        let name_end = name_start + (self.name)(&text[name_start..]);
        if name_end == name_start {
            return None;
        }
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            let next = at + (self.blanks)(&text[at..]);
            let name = next..next + (self.attribute)(&text[next..]);
            if closing || next == at || name.is_empty() {
                at = next;
                break;
            }
            let (attribute, end) = self.attribute(text, name)?;
            attributes.push(attribute);
            at = end;
        }
        RawTag::ended(text, start..at, name_start..name_end, attributes)
    }

    /// The attribute with this name, and where it ends: `name`, `name=word`, `name="value"`.
    fn attribute(&self, text: &str, name: Range<usize>) -> Option<(RawAttribute, usize)> {
        let equals = name.end + (self.blanks)(&text[name.end..]);
        if !text[equals..].starts_with('=') {
            let end = name.end;
            return Some((RawAttribute { name, value: None }, end));
        }
        let value = equals + 1 + (self.blanks)(&text[equals + 1..]);
        let quote = *text.as_bytes().get(value)?;
        if matches!(quote, b'"' | b'\'') {
            let close = value + 1 + memchr::memchr(quote, &text.as_bytes()[value + 1..])?;
            return Some((RawAttribute { name, value: Some(value + 1..close) }, close + 1));
        }
        let end = value + (self.value)(&text[value..]);
        (end > value).then_some((RawAttribute { name, value: Some(value..end) }, end))
    }
}

/// An opening tag that browsers would read and that kramdown prints as text for how its attributes are written:
/// `<a href=#top>`, `<a href="b"target="c">`.
pub(super) fn printed_tag_at(text: &str, start: usize) -> Option<Range<usize>> {
    let name = text[start + 1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let end = start + 1 + memchr::memchr2(b'<', b'>', &text.as_bytes()[start + 1..])?;
    let attributes = text[start + 1 + name..end].strip_prefix(|c: char| c.is_ascii_whitespace())?;
    let known = Element::named(&text[start + 1..start + 1 + name].to_ascii_lowercase()).is_known();
    let first = attributes.split_once('=')?.0.trim();
    let is_tag = known && text[end..].starts_with('>') && name_length(first) == first.len();
    is_tag.then_some(start..end + 1)
}

/// What was meant as a tag of a container and lacks its `>`: `</section.`, `<section class="card"`.
/// kramdown prints it as text.
pub(super) fn broken_tag_at(text: &str, start: usize) -> Option<RawTag> {
    let closing = text[start + 1..].starts_with('/');
    let name_start = start + 1 + usize::from(closing);
    let letters = text[name_start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = text[name_start..name_start + letters].to_ascii_lowercase();
    let rest = text[name_start + letters..].split(['\n', '<', '>']).next().unwrap_or_default();
    let end = name_start + letters + rest.len();
    let ends_line = !text[end..].starts_with('>');
    let plausible = if closing { rest.trim_end().len() <= 1 } else { rest.is_empty() || rest.contains('=') };
    let element = Element::named(&name);
    if element.model() != Model::Block || !ends_line || !plausible {
        return None;
    }
    let kind = if closing { TagKind::Close } else { TagKind::Open };
    let range = start..name_start + letters + rest.trim_end().len();
    Some(RawTag { range, name, element, kind, attributes: Vec::new(), unclosed: true, partner: None })
}

/// The end of the comment at `start`, `<!--`.
pub(super) fn comment_end(text: &str, start: usize) -> Option<usize> {
    memchr::memmem::find(&text.as_bytes()[start + 4..], b"-->").map(|at| start + 4 + at + 3)
}

/// The closing tag `</name>` that follows first, for elements whose content kramdown does not read as HTML.
pub(super) fn closing_tag(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    memchr::memmem::find_iter(&text.as_bytes()[from..], b"</").map(|at| from + at).find_map(|start| {
        let end = start + 2 + name.len();
        let same = text.get(start + 2..end)?.eq_ignore_ascii_case(name);
        let close = end + leading_blanks(&text[end..]);
        (same && text[close..].starts_with('>')).then_some(start..close + 1)
    })
}

/// Ruby's `\p{Word}`.
pub(super) fn is_word(c: char) -> bool {
    use GeneralCategory::{ConnectorPunctuation, DecimalNumber, EnclosingMark, NonspacingMark, SpacingMark};
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let category = get_general_category(c);
    c.is_alphabetic()
        || matches!(category, ConnectorPunctuation | DecimalNumber | EnclosingMark | NonspacingMark | SpacingMark)
}

/// Whether the content of an element is code or what is typed.
pub(super) fn shows_code(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "pre" | "samp" | "tt")
}

/// The tags of a page, in order and paired as a browser does; `span` is where a part of the text is written.
pub(super) fn published(text: &str, mut tags: Vec<RawTag>, span: impl Fn(Range<usize>) -> Span) -> Vec<Tag> {
    tags.sort_by_key(|tag| tag.range.start);
    pair(&mut tags);
    let attribute = |attribute: &RawAttribute| Attribute {
        name: text[attribute.name.clone()].to_ascii_lowercase(),
        span: span(attribute.name.clone()),
        value: attribute.value.clone().map(|range| (text[range.clone()].to_owned(), span(range))),
    };
    let tag = |tag: RawTag| Tag {
        span: span(tag.range),
        kind: tag.kind,
        attributes: tag.attributes.iter().map(attribute).collect(),
        partner: tag.partner,
        unclosed: tag.unclosed,
        name: tag.name,
    };
    tags.into_iter().map(tag).collect()
}

/// Links each closing tag with the nearest open tag of its name.
fn pair(tags: &mut [RawTag]) {
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::with_capacity(tags.len() / 2);
    for (index, tag) in tags.iter().enumerate() {
        match tag.kind {
            TagKind::Open => open.entry(&tag.name).or_default().push(index),
            TagKind::Close => {
                let nearest = open.get_mut(tag.name.as_str()).and_then(Vec::pop);
                pairs.extend(nearest.map(|open| (open, index)));
            }
            TagKind::Empty => {}
        }
    }
    for (open, close) in pairs {
        tags[open].partner = Some(close);
        tags[close].partner = Some(open);
    }
}
