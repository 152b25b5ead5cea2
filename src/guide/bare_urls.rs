//! URLs in the reader's text that are neither a link nor code. HTML that is not read as Markdown is left alone.

use std::ops::Range;

use super::{Guide, Style};
use crate::source::Span;

/// How a label of a host begins that speaks of the reader's own.
const OF_READER: [&str; 11] = [
    "mycompany", "myaccount", "mydomain", "myinstance", "mystore", "mysite", "your", "company", "subdomain",
    "example-", "tenant",
];

/// Labels of hosts that do not exist (RFC 2606, RFC 6761).
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

/// Words in front of an address that is copied or typed, and is not a page to go to.
const OF_VALUES: [&str; 26] = [
    "add", "append", "base", "copy", "default", "endpoint", "enter", "enters", "entered", "example", "field", "fill",
    "format", "host", "input", "like", "paste", "put", "replace", "server", "set", "specify", "such", "type", "use",
    "value",
];

/// Last words of labels of addresses that are copied.
const OF_ADDRESSES: [&str; 7] = ["URL", "URI", "endpoint", "host", "domain", "server", "hostname"];

/// Words with a full stop that ends no sentence.
const ABBREVIATIONS: [&str; 5] = ["e.g", "i.e", "eg", "ie", "incl"];

/// What introduces an example.
const EXAMPLES: [&[&str]; 4] = [&["e", "g"], &["i", "e"], &["eg"], &["ie"]];

/// Words in front of a page to go to, the last of them right before the address.
const OF_PAGES: [&[&str]; 14] = [
    &["go", "to"],
    &["going", "to"],
    &["browse", "to"],
    &["head", "to"],
    &["over", "to"],
    &["navigate", "to"],
    &["see"],
    &["visit"],
    &["visiting"],
    &["read"],
    &["documentation"],
    &["refer", "to"],
    &["here"],
    &["more", "information"],
];

/// Bytes of a sentence in front of an address that are read.
const LONGEST_SENTENCE: usize = 500;

/// A URL as plain text.
#[derive(Debug, Clone, Copy)]
pub struct BareUrl<'a> {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees of it.
    pub text: &'a str,
    /// Its location in the guide's text.
    pub start: usize,
    /// What the reader is to do with it.
    pub purpose: Purpose,
    /// Whether it ends where `text` does: nothing but punctuation follows up to the next space.
    pub is_whole: bool,
}

impl BareUrl<'_> {
    /// Its location in the guide's text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// What the reader of an address is to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It stands for others, or is a value to copy: it has a placeholder or an emphasised part, is kept from
    /// becoming a link, is in quotes, its host does not exist, or the sentence says so.
    Value,
    /// It is a page to go to: the sentence says so.
    Page,
    /// One of both.
    Unclear,
}

/// The URLs of a page that are neither a link nor code, in order.
pub fn bare_urls(guide: &Guide) -> impl Iterator<Item = BareUrl<'_>> {
    let text = guide.text.as_str();
    let mut end = 0;
    memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(move |separator| {
        let range = url_around(text, separator, end)?;
        end = range.end;
        // "https://[your domain].acme.example": the address goes on after the space.
        let url = &text[range.clone()];
        if [('[', ']'), ('{', '}')].into_iter().any(|(open, close)| url.rfind(open) > url.rfind(close)) {
            return None;
        }
        // What was meant as a link is another mistake.
        if text[..range.start].trim_end_matches(['(', '[']).ends_with(']') || text[range.end..].starts_with("](") {
            return None;
        }
        let is_marked = |style| guide.text.any_has(range.clone(), style);
        if is_marked(Style::CODE) || is_marked(Style::LINK) || is_marked(Style::HTML) {
            return None;
        }
        let (span, start) = (guide.text.span_of(range.clone()), range.start);
        let is_whole = ends_at(text, &range);
        Some(BareUrl { span, text: &text[range.clone()], start, purpose: purpose(guide, &range, span), is_whole })
    })
}

/// The web address at `from` or after it whose scheme ends at `separator`; `None` if no host follows.
fn url_around(text: &str, separator: usize, from: usize) -> Option<Range<usize>> {
    let scheme = ["https", "http"].into_iter().find(|scheme| text[..separator].ends_with(scheme))?;
    let start = separator - scheme.len();
    let rest = &text[separator + 3..];
    if start < from || !rest.starts_with(|c: char| c.is_alphanumeric() || "{[".contains(c)) {
        return None;
    }
    let length =
        rest.find(|c: char| c.is_whitespace() || "\"'`<>\u{201c}\u{201d}\u{2019}|".contains(c)).unwrap_or(rest.len());
    let rest = rest[..length].split("](").next().unwrap_or_default();
    let rest = without_punctuation(rest);
    rest.starts_with(|c: char| c.is_alphanumeric() || "{[".contains(c)).then_some(start..separator + 3 + rest.len())
}

/// Cuts what ends a sentence, and brackets that were opened in front of the address.
fn without_punctuation(mut url: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let count = |bracket: char| url.matches(bracket).count();
    let mut unopened = PAIRS.map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let bracket = unopened.iter_mut().find(|(close, count)| *count > 0 && shorter.ends_with(*close));
        url = match bracket {
            Some((_, count)) => {
                *count -= 1;
                &shorter[..shorter.len() - 1]
            }
            None if shorter.len() < url.len() => shorter,
            None => return url,
        };
    }
}

/// Whether nothing follows a URL that may be part of it. A star or underscore at its end may be of it or may be a mark.
fn ends_at(text: &str, range: &Range<usize>) -> bool {
    let url = &text[range.clone()];
    let is_mark = url.ends_with(['*', '_']) && !url.trim_end_matches(['*', '_']).ends_with(['/', '=', '.', '-']);
    let rest = text[range.end..].split(char::is_whitespace).next().unwrap_or_default();
    !is_mark && rest.chars().all(|c| ".,;:!?)]}\"'\u{201c}\u{201d}\u{2019}".contains(c))
}

fn purpose(guide: &Guide, range: &Range<usize>, span: Span) -> Purpose {
    let text = guide.text.as_str();
    let partly = |style| guide.text.any_has(range.clone(), style) && !guide.text.all_have(range.clone(), style);
    // An emphasised part is one that the reader replaces.
    if is_example(text, range) || partly(Style::STRONG) || partly(Style::EMPHASIS) || guide.slice(span).contains('<') {
        return Purpose::Value;
    }
    let before = &text[guide.text.line_before(range.start, LONGEST_SENTENCE)];
    // A label with a colon: "**Token URL**: https://...".
    let label = range.start - before.len()..range.start - before.len() + before.trim_end().len();
    let is_label = before.trim_end().strip_suffix(':').is_some_and(names_address)
        && guide.text.any_has(label.end.saturating_sub(2)..label.end, Style::STRONG);
    if is_label {
        return Purpose::Value;
    }
    match said_purpose(last_sentence(before)) {
        Purpose::Unclear if is_interface(&text[range.clone()]) => Purpose::Value,
        purpose => purpose,
    }
}

/// Whether an address is that of an interface for programs, which shows no page: `https://api.acme.example/v2`.
fn is_interface(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).to_ascii_lowercase();
    rest.starts_with("api.") && !["doc", "swagger", "reference", "help"].iter().any(|word| rest.contains(word))
}

/// Whether a label is that of an address.
fn names_address(label: &str) -> bool {
    let last = label.trim_end().rsplit([' ', '*']).next().unwrap_or_default();
    OF_ADDRESSES.iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// The sentence that a text ends with; "e.g. " and "i.e. " end none.
fn last_sentence(text: &str) -> &str {
    let ends = [". ", "! ", "? "].iter().flat_map(|end| text.rmatch_indices(end));
    let is_end = |at: &usize| {
        let word = text[..*at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        !ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let end = ends.map(|(at, _)| at).filter(is_end).max();
    end.map_or(text, |end| &text[end + 2..])
}

/// What the words in front of an address say, those nearest to it first.
fn said_purpose(before: &str) -> Purpose {
    let words: Vec<String> =
        before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // What is right before the address counts most: "To add a key, go to ...".
    if OF_PAGES.iter().any(|phrase| words.ends_with(phrase)) {
        Purpose::Page
    } else if words.iter().any(|word| OF_VALUES.contains(word)) || EXAMPLES.iter().any(|lead| words.ends_with(lead)) {
        Purpose::Value
    } else {
        Purpose::Unclear
    }
}

/// A placeholder, a wildcard, quotes around it, an address in numbers, or a host that is reserved (RFC 2606) or
/// speaks of the reader's own.
fn is_example(text: &str, range: &Range<usize>) -> bool {
    let url = &text[range.clone()];
    let quoted = text[..range.start].ends_with(['"', '\'', '\u{201c}', '\u{2018}']);
    let host = url.split("://").nth(1).unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    let of_reader = |label: &str| OF_READER.iter().any(|word| label.starts_with(word)) || RESERVED.contains(&label);
    let numbers = host.split('.').all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()));
    let marked = url.contains(['{', '[', '*']) || url.contains("##");
    quoted || numbers || marked || !host.contains('.') || host.split('.').any(of_reader)
}
