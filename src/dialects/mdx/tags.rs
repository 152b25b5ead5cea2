//! Tags and expressions of MDX: where they end, and the attributes of a tag.

use std::ops::Range;

use crate::dialects::html::length;
use crate::guide::TagKind;

/// A tag of a component or an element.
#[derive(Debug)]
pub(super) struct Component {
    /// The whole tag.
    pub(super) range: Range<usize>,
    /// Its name; empty for a fragment.
    pub(super) name: Range<usize>,
    pub(super) kind: TagKind,
    /// Values in quotes by the ranges of their names, quotes excluded.
    pub(super) attributes: Vec<(Range<usize>, Range<usize>)>,
    pub(super) expressions: Vec<Range<usize>>,
}

impl Component {
    /// The value of an attribute in quotes.
    pub(super) fn value(&self, text: &str, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|(own, _)| text[own.clone()] == *name).map(|(_, value)| value.clone())
    }

    /// Whether it is a component: its name starts with an uppercase letter or has a period, or it has none.
    pub(super) fn is_component(&self, text: &str) -> bool {
        let name = &text[self.name.clone()];
        name.is_empty() || name.contains('.') || name.starts_with(|first: char| first.is_ascii_uppercase())
    }
}

/// The end of the expression at `start`, a `{`: its braces are balanced outside strings and comments. What is read is
/// taken from `left`; with nothing left there is no expression.
pub(super) fn expression(text: &str, start: usize, left: &mut usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, start);
    while at < bytes.len() {
        let next = match bytes[at] {
            b'{' => {
                depth += 1;
                at + 1
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return spend(left, at - start).then_some(at + 1);
                }
                at + 1
            }
            quote @ (b'"' | b'\'' | b'`') => string_end(bytes, at, quote).unwrap_or(at + 1),
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                memchr::memmem::find(&bytes[at + 2..], b"*/").map_or(bytes.len(), |end| at + 2 + end + 2)
            }
            _ => at + 1,
        };
        at = next;
        if at - start > *left {
            break;
        }
    }
    spend(left, at - start);
    None
}

/// The end of a string; one in `"` or `'` ends on its line.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => return None,
            byte if *byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

fn spend(left: &mut usize, read: usize) -> bool {
    let is_left = read <= *left;
    *left = left.saturating_sub(read.max(1));
    is_left
}

/// The tag at `start`, a `<`.
pub(super) fn component(text: &str, start: usize, left: &mut usize) -> Option<Component> {
    let is_close = text[start + 1..].starts_with('/');
    let name_start = start + 1 + usize::from(is_close);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let name_end = name_start + length(&text[name_start..], is_name);
    let name = &text[name_start..name_end];
    if !name.is_empty() && !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Component {
        range: start..name_end,
        name: name_start..name_end,
        kind: if is_close { TagKind::Close } else { TagKind::Open },
        attributes: Vec::new(),
        expressions: Vec::new(),
    };
    let mut at = name_end;
    loop {
        let next = at + length(&text[at..], char::is_whitespace);
        let rest = &text[next..];
        if rest.starts_with('>') || rest.starts_with("/>") && !is_close {
            let is_empty = rest.starts_with('/');
            tag.kind = if is_empty { TagKind::Empty } else { tag.kind };
            tag.range.end = next + 1 + usize::from(is_empty);
            return Some(tag);
        }
        if next == at || is_close || name.is_empty() || !spend(left, next - at) {
            return None;
        }
        at = attribute(text, next, left, &mut tag)?;
    }
}

/// Reads the attribute at `at`: where it ends.
fn attribute(text: &str, at: usize, left: &mut usize, tag: &mut Component) -> Option<usize> {
    if text[at..].starts_with('{') {
        let end = expression(text, at, left)?;
        tag.expressions.push(at..end);
        return Some(end);
    }
    let end = at + length(&text[at..], |c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-' | '$'));
    if end == at {
        return None;
    }
    let equals = end + length(&text[end..], char::is_whitespace);
    if !text[equals..].starts_with('=') {
        return Some(end);
    }
    let value = equals + 1 + length(&text[equals + 1..], char::is_whitespace);
    match *text.as_bytes().get(value)? {
        b'{' => {
            let value = expression(text, value, left)?;
            tag.expressions.push(at..value);
            Some(value)
        }
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &text.as_bytes()[value + 1..])?;
            if !spend(left, length) {
                return None;
            }
            tag.attributes.push((at..end, value + 1..value + 1 + length));
            Some(value + 1 + length + 1)
        }
        _ => None,
    }
}
