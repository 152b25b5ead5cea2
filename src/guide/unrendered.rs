//! Links and images that kramdown does not see as such: the reader sees their brackets.

use std::ops::Range;

use super::{Guide, Style};
use crate::source::Span;

/// `[text](address)` that is published as it stands.
#[derive(Debug, Clone, Copy)]
pub struct UnrenderedLink {
    /// From the opening bracket to the end of the address.
    pub span: Span,
    /// Whether `!` stands in front.
    pub is_image: bool,
}

/// The links and images of a page that are published as text, in order: an address in two pairs of
/// parentheses, or with one that is never closed.
pub fn unrendered_links(guide: &Guide) -> impl Iterator<Item = UnrenderedLink> + '_ {
    let text = guide.text.as_str();
    let mut end = 0;
    memchr::memchr_iter(b']', text.as_bytes()).filter(|at| text[at + 1..].starts_with('(')).filter_map(move |middle| {
        let range = link_around(text, middle).filter(|range| range.start >= end)?;
        end = range.end;
        // Code shows brackets on purpose, what is a link already only has one inside it, and in HTML the
        // element around it keeps all Markdown from being read.
        let is_marked = |style| guide.text.any_has(range.clone(), style);
        if is_marked(Style::CODE) || is_marked(Style::LINK) || is_marked(Style::HTML) {
            return None;
        }
        Some(UnrenderedLink { span: guide.text.span_of(range.clone()), is_image: text[range].starts_with('!') })
    })
}

/// The link whose `](` stands at `middle`; `None` unless an address follows.
fn link_around(text: &str, middle: usize) -> Option<Range<usize>> {
    let line = text[..middle].rfind('\n').map_or(0, |end| end + 1);
    let open = line + text[line..middle].rfind('[')?;
    let start = if text[..open].ends_with('!') { open - 1 } else { open };
    let rest = &text[middle + 2..];
    let address = rest.trim_start_matches('(');
    let is_address = ["http://", "https://", "./", "../", "/", "#", "mailto:", "www."]
        .iter()
        .any(|start| address.starts_with(start));
    let length = address.find(char::is_whitespace).unwrap_or(address.len());
    let is_address = is_address || is_lost_page(&address[..length], &address[length..]);
    let length = address[..length].rfind(')').unwrap_or(length);
    let closed = address[length..].bytes().take_while(|byte| *byte == b')').count();
    is_address.then_some(start..middle + 2 + (rest.len() - address.len()) + length + closed)
}

/// Whether `address` is a page of the site and stands at the end of its line without the closing parenthesis.
fn is_lost_page(address: &str, behind: &str) -> bool {
    let of_page = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/#".contains(&byte);
    let ends_line = behind.split('\n').next().is_some_and(|rest| rest.trim().is_empty());
    ends_line && address.contains('-') && address.bytes().all(of_page)
}
