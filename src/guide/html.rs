//! HTML tags and comments in a page: where they are, what they are called, which belong together.
//!
//! Tags are read before Markdown, so a tag in code is read too and dropped once the code is known.

use std::collections::BTreeMap;
use std::ops::Range;

use super::TagKind;

/// A tag or comment, in offsets of the text that was scanned.
#[derive(Debug)]
pub(super) struct RawTag {
    pub(super) range: Range<usize>,
    pub(super) name: String,
    pub(super) kind: TagKind,
    pub(super) attributes: Vec<RawAttribute>,
    pub(super) unclosed: bool,
    pub(super) comment: bool,
    pub(super) partner: Option<usize>,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct RawAttribute {
    pub(super) name: Range<usize>,
    pub(super) value: Option<Range<usize>>,
}

/// Elements that never have content (HTML Living Standard 13.1.2).
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// All tags and comments of a text, in order. What looks like a tag and is an autolink is none.
pub(super) fn scan(text: &str) -> Vec<RawTag> {
    let bytes = text.as_bytes();
    let mut tags = Vec::new();
    let mut at = 0;
    let mut comment_open = true;
    while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|offset| at + offset) {
        let tag = if text[start..].starts_with("<!--") {
            let tag = if comment_open { comment(text, start) } else { None };
            // Without a `-->` behind this one there is none behind the next one either.
            comment_open &= tag.is_some();
            tag
        } else {
            tag(text, start)
        };
        at = tag.as_ref().map_or(start + 1, |tag| tag.range.end);
        tags.extend(tag);
    }
    tags
}

fn comment(text: &str, start: usize) -> Option<RawTag> {
    let end = start + 4 + text[start + 4..].find("-->")? + 3;
    let (name, attributes) = (String::new(), Vec::new());
    Some(RawTag {
        range: start..end,
        name,
        kind: TagKind::Empty,
        attributes,
        unclosed: false,
        comment: true,
        partner: None,
    })
}

fn tag(text: &str, start: usize) -> Option<RawTag> {
    let bytes = text.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end = name_start + word(&bytes[name_start..]);
    let name = text[name_start..name_end].to_ascii_lowercase();
    // `<https://...>` and `<a@b>` are autolinks.
    let mut at = name_end;
    if !matches!(bytes.get(at), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')) {
        return unclosed(text, start, name_end, &name, closing);
    }
    let mut attributes = Vec::new();
    let empty = loop {
        at += blanks(&bytes[at..]);
        match bytes.get(at) {
            Some(b'>') => break false,
            Some(b'/') if bytes.get(at + 1) == Some(&b'>') => break true,
            Some(byte) if is_name(*byte) && !closing => {
                let (attribute, end) = attribute(text, at)?;
                attributes.push(attribute);
                at = end;
            }
            _ => return unclosed(text, start, name_end, &name, closing),
        }
    };
    let end = at + if empty { 2 } else { 1 };
    let kind = match (closing, empty || VOID.contains(&name.as_str())) {
        (true, _) => TagKind::Close,
        (false, true) => TagKind::Empty,
        (false, false) => TagKind::Open,
    };
    Some(RawTag { range: start..end, name, kind, attributes, unclosed: false, comment: false, partner: None })
}

/// A closing tag, or one of an element that sections are made of, whose `>` is missing: `</section.`
fn unclosed(text: &str, start: usize, name_end: usize, name: &str, closing: bool) -> Option<RawTag> {
    let rest = text[name_end..].split(['\n', '\r', '<', '>']).next().unwrap_or_default();
    let ends_line = !text[name_end + rest.len()..].starts_with(['>', '<']);
    let short = rest.len() <= 3 && !rest.contains(['@', ':']);
    (ends_line && is_container(name) && (short || !closing)).then(|| RawTag {
        range: start..name_end + rest.trim_end().len(),
        name: name.to_owned(),
        kind: if closing { TagKind::Close } else { TagKind::Open },
        attributes: Vec::new(),
        unclosed: true,
        comment: false,
        partner: None,
    })
}

/// `name`, `name=value`, `name="value"`.
fn attribute(text: &str, start: usize) -> Option<(RawAttribute, usize)> {
    let bytes = text.as_bytes();
    let end = start + bytes[start..].iter().take_while(|byte| is_name(**byte)).count();
    let equals = end + blanks(&bytes[end..]);
    if bytes.get(equals) != Some(&b'=') {
        return Some((RawAttribute { name: start..end, value: None }, end));
    }
    let value = equals + 1 + blanks(&bytes[equals + 1..]);
    let quote = *bytes.get(value)?;
    if quote == b'"' || quote == b'\'' {
        let close = value + 1 + memchr::memchr2(quote, b'<', &bytes[value + 1..])?;
        if bytes[close] != quote {
            return None;
        }
        return Some((RawAttribute { name: start..end, value: Some(value + 1..close) }, close + 1));
    }
    let length =
        bytes[value..].iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"<>\"'".contains(byte)).count();
    Some((RawAttribute { name: start..end, value: Some(value..value + length) }, value + length))
}

fn word(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')).count()
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'@' | b'.')
}

/// Elements that hold blocks: a line of nothing but their tags is no text.
pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "section" | "div" | "article" | "details" | "aside" | "main" | "header" | "footer" | "nav" | "center"
    )
}

/// Elements that kramdown knows (`HTML_CONTENT_MODEL` of its HTML parser).
pub(super) fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 97] = [
        "a",
        "abbr",
        "acronym",
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "bdo",
        "big",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "command",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "mark",
        "meta",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "script",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
    ];
    const MORE: [&str; 12] =
        ["time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "path", "progress"];
    KNOWN.contains(&name) || MORE.contains(&name)
}

/// Links each closing tag with the nearest open tag of its name.
pub(super) fn pair(tags: &mut [RawTag]) {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..tags.len() {
        match tags[index].kind {
            TagKind::Open => open.entry(tags[index].name.clone()).or_default().push(index),
            TagKind::Close => {
                if let Some(partner) = open.get_mut(&tags[index].name).and_then(Vec::pop) {
                    tags[index].partner = Some(partner);
                    tags[partner].partner = Some(index);
                }
            }
            TagKind::Empty => {}
        }
    }
}
