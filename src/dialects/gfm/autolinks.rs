//! Bare addresses that GitHub makes links (GitHub Flavored Markdown, section 6.9).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The beginning of an address: a scheme or `www.` that follows the start of the text, white space or a delimiter.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s*_~(])(?<address>(?:https?://|ftp://|www\.)[^\s<]+)").expect("the pattern is valid")
});

/// A mail address: its domain has a period, and ends in neither `-` nor `_`.
static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]*[A-Za-z0-9]")
        .expect("the pattern is valid")
});

/// The bare addresses of a text, in order, with the targets of their links.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if text.contains("://") || text.contains("www.") {
        for address in ADDRESS.captures_iter(text).filter_map(|captures| captures.name("address")) {
            let address_text = trimmed(address.as_str());
            if has_domain(address_text) {
                let scheme = if address_text.starts_with("www.") { "http://" } else { "" };
                let range = address.start()..address.start() + address_text.len();
                found.push((range, format!("{scheme}{address_text}")));
            }
        }
    }
    if text.contains('@') {
        let urls = found.len();
        for address in MAIL.find_iter(text) {
            let before = found[..urls].partition_point(|(range, _)| range.start < address.end());
            let inside = found[..before].last().is_some_and(|(range, _)| address.start() < range.end);
            // A character of the name before the address would be part of it; `/` and `:` belong to other addresses.
            let follows = text[..address.start()].ends_with(['/', ':']);
            if !inside && !follows {
                found.push((address.range(), format!("mailto:{}", address.as_str())));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
    }
    found
}

/// An address without what trails it: punctuation, a parenthesis that nothing opens, an entity.
fn trimmed(address: &str) -> &str {
    let mut end = address.len();
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address[..end].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {}
            ')' if closed > opened => closed -= 1,
            ';' => {
                let entity = address[..end - 1].rfind('&').filter(|start| {
                    let name = &address[start + 1..end - 1];
                    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                });
                end = entity.map_or(end, |start| start + 1);
                if entity.is_none() {
                    break;
                }
            }
            _ => break,
        }
        end -= last.len_utf8();
    }
    &address[..end]
}

/// Whether an address has a valid domain: segments of letters, digits, `-` and `_`, no `_` in the last two.
fn has_domain(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let domain = &rest[..rest.find(['/', '?', '#', ':']).unwrap_or(rest.len())];
    let segments: Vec<&str> = domain.split('.').collect();
    let valid =
        |segment: &&str| !segment.is_empty() && segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let last_two = segments.iter().rev().take(2);
    segments.len() > 1 && segments.iter().all(valid) && last_two.into_iter().all(|segment| !segment.contains('_'))
}
