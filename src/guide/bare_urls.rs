//! URLs in the reader's text that are neither a link nor code. HTML that is not read as Markdown is left alone.

use std::ops::Range;

use super::{Guide, Style};
use crate::source::Span;

/// How a label of a host begins that speaks of the reader's own.
const OF_READER: [&str; 9] =
    ["mycompany", "myaccount", "mydomain", "myinstance", "mystore", "your", "company", "subdomain", "example-"];

/// Labels of hosts that do not exist (RFC 2606, RFC 6761).
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

/// A URL as plain text.
#[derive(Debug, Clone, Copy)]
pub struct BareUrl<'a> {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees of it.
    pub text: &'a str,
    /// Whether it stands for other addresses: it has a placeholder or an emphasised part, stands in
    /// quotes, or its host does not exist.
    pub is_example: bool,
}

/// The URLs of a page that are neither a link nor code, in order.
pub fn bare_urls(guide: &Guide) -> impl Iterator<Item = BareUrl<'_>> {
    let text = guide.text.as_str();
    let mut end = 0;
    memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(move |separator| {
        let range = url_around(text, separator)?;
        if range.start < end {
            return None;
        }
        end = range.end;
        // What was meant as a link is another mistake.
        if text[..range.start].trim_end_matches(['(', '[']).ends_with(']') || text[range.end..].starts_with("](") {
            return None;
        }
        let is_marked = |style| guide.text.any_has(range.clone(), style);
        if is_marked(Style::CODE) || is_marked(Style::LINK) || is_marked(Style::HTML) {
            return None;
        }
        // An emphasised part is one that the reader replaces.
        let partly = |style| is_marked(style) && !guide.text.all_have(range.clone(), style);
        let is_example = is_example(text, &range) || partly(Style::STRONG) || partly(Style::EMPHASIS);
        let span = guide.text.span_of(range.clone());
        Some(BareUrl { span, text: &text[range], is_example })
    })
}

/// The web address whose scheme ends at `separator`; `None` if there is no host behind it.
fn url_around(text: &str, separator: usize) -> Option<Range<usize>> {
    let scheme = ["https", "http"].into_iter().find(|scheme| text[..separator].ends_with(scheme))?;
    let start = separator - scheme.len();
    let rest = &text[separator + 3..];
    let length =
        rest.find(|c: char| c.is_whitespace() || "\"'`<>\u{201c}\u{201d}\u{2019}|".contains(c)).unwrap_or(rest.len());
    let rest = rest[..length].split("](").next().unwrap_or_default();
    let rest = without_punctuation(rest);
    rest.starts_with(|c: char| c.is_alphanumeric() || "{[".contains(c)).then_some(start..separator + 3 + rest.len())
}

/// Cuts what ends a sentence, and brackets that were opened in front of the address.
fn without_punctuation(mut url: &str) -> &str {
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let unopened = |open: char, close: char| {
            shorter.ends_with(close) && shorter.matches(open).count() < shorter.matches(close).count()
        };
        url = if unopened('(', ')') || unopened('[', ']') || unopened('{', '}') {
            &shorter[..shorter.len() - 1]
        } else if shorter.len() < url.len() {
            shorter
        } else {
            return url;
        };
    }
}

/// A placeholder, quotes around it, an address in numbers, or a host that is reserved (RFC 2606) or
/// speaks of the reader's own.
fn is_example(text: &str, range: &Range<usize>) -> bool {
    let url = &text[range.clone()];
    let quoted = text[..range.start].ends_with(['"', '\'', '\u{201c}', '\u{2018}']);
    let host = url.split("://").nth(1).unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let of_reader = |label: &str| OF_READER.iter().any(|word| label.starts_with(word)) || RESERVED.contains(&label);
    let numbers = host.split('.').all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()));
    quoted || numbers || url.contains(['{', '[']) || url.contains("##") || host.split('.').any(of_reader)
}
