//! Links and images that kramdown does not see as such: the reader sees their brackets.

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
    let (mut open, mut end) = (None, 0);
    memchr::memchr3_iter(b'[', b']', b'\n', text.as_bytes()).filter_map(move |at| {
        match text.as_bytes()[at] {
            b'[' => open = Some(at),
            b'\n' => open = None,
            _ => {}
        }
        let open = open.filter(|_| text[at..].starts_with("]("))?;
        let start = if text[..open].ends_with('!') { open - 1 } else { open };
        let range = start..link_end(text, at).filter(|_| start >= end)?;
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

/// Where the link ends whose `](` stands at `middle`; `None` unless an address follows.
fn link_end(text: &str, middle: usize) -> Option<usize> {
    let rest = &text[middle + 2..];
    let address = rest.trim_start_matches('(');
    let is_address = ["http://", "https://", "./", "../", "/", "#", "mailto:", "www."]
        .iter()
        .any(|start| address.starts_with(start));
    if !is_address && !is_lost_page(address) {
        return None;
    }
    let length = address.find(char::is_whitespace).unwrap_or(address.len());
    let length = address[..length].rfind(')').unwrap_or(length);
    let closed = address[length..].bytes().take_while(|byte| *byte == b')').count();
    Some(middle + 2 + (rest.len() - address.len()) + length + closed)
}

/// Whether a text begins with a page of the site that stands at the end of its line without the closing parenthesis.
fn is_lost_page(text: &str) -> bool {
    let of_page = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '#');
    let behind = text.trim_start_matches(of_page);
    let address = &text[..text.len() - behind.len()];
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    address.contains('-') && (rest.is_empty() || rest.starts_with('\n'))
}
