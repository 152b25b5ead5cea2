//! Finds the bytes of a YAML value inside the span that the parser gives for it.
//!
//! All offsets are bytes of the text that is read. What lies between two nodes is known to be only
//! white space, comments and indicators, so a forward scan over those is exact.

use std::ops::Range;

use saphyr_parser::ScalarStyle as Style;

/// The bytes of a scalar: without anchor and tag, with its quotes or its block header.
///
/// `cursor` is the end of what was read before; `properties` counts anchor and tag.
pub(super) fn scalar(text: &str, event: Range<usize>, style: Style, properties: usize, cursor: usize) -> Range<usize> {
    let start = skip_properties(text, &event, properties);
    match style {
        Style::Plain => start..event.end.max(start),
        Style::SingleQuoted => start..single_quote_end(text, start).unwrap_or(event.end),
        Style::DoubleQuoted => start..double_quote_end(text, start).unwrap_or(event.end),
        Style::Literal | Style::Folded => {
            let header = if properties == 0 { block_header(text, cursor) } else { start };
            block_extent(text, header.min(event.end), event.end)
        }
    }
}

/// The place of a value that is not written: after its `:` or `-`, else where the last value ended.
pub(super) fn empty(text: &str, cursor: usize, event: usize, indicator: Option<u8>) -> Range<usize> {
    let next = skip_blank(text, cursor);
    match indicator {
        Some(byte) if text.as_bytes().get(next) == Some(&byte) => next + 1..next + 1,
        Some(_) => cursor..cursor,
        None => event..event,
    }
}

/// The first `-` of a block sequence that is the value of a key or a document.
pub(super) fn first_dash(text: &str, cursor: usize) -> Option<usize> {
    let mut at = skip_blank(text, cursor);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'-' => return Some(at),
            b':' | b'?' => at += 1,
            b'&' | b'!' => at = skip_property(text, at),
            _ => return None,
        }
        at = skip_blank(text, at);
    }
    None
}

/// The `|` or `>` of the block scalar that follows `cursor`.
fn block_header(text: &str, cursor: usize) -> usize {
    let mut at = skip_blank(text, cursor);
    while let Some(b':' | b'?' | b'-') = text.as_bytes().get(at) {
        at = skip_blank(text, at + 1);
    }
    at
}

/// From the header to the last line that is not blank; the header alone if there are none.
fn block_extent(text: &str, header: usize, end: usize) -> Range<usize> {
    let indicators = text[header..end].find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'));
    let header_end = header + indicators.unwrap_or(end - header);
    let line_end = text[header_end..end].find('\n').map_or(end, |at| header_end + at);
    let content = text[line_end..end].trim_ascii_end();
    header..if content.is_empty() { header_end } else { line_end + content.len() }
}

/// After the anchor and the tag of a node, at its value.
pub(super) fn skip_properties(text: &str, event: &Range<usize>, properties: usize) -> usize {
    let mut at = event.start;
    for _ in 0..properties {
        at = skip_property(text, skip_blank(text, at)).min(event.end);
    }
    if properties > 0 && at < event.end {
        at = skip_blank(text, at).min(event.end);
    }
    at
}

fn skip_property(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let end = if rest.starts_with("!<") {
        rest.find('>').map(|close| close + 1)
    } else {
        rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'))
    };
    at + end.unwrap_or(rest.len())
}

/// Over white space, line ends and comments.
fn skip_blank(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{feff}');
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with('#') {
            return at;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
}

/// After the closing quote: `''` inside stands for one quote.
fn single_quote_end(text: &str, start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += text.get(at..)?.find('\'')? + 1;
        if text.as_bytes().get(at) != Some(&b'\'') {
            return Some(at);
        }
        at += 1;
    }
}

fn double_quote_end(text: &str, start: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(start + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
