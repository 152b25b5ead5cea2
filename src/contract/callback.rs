//! Callback URLs as guides write them: with a placeholder for the host, in code or not, broken up by markup.
//!
//! The reader's text is searched, not the source: a URL is written with backticks around the host,
//! with `<span>` in the scheme, over `raw` tags. Whether it is right is left to the rules.

use std::ops::Range;

use crate::guide::{Guide, Style};
use crate::profile::Profile;
use crate::source::Span;

/// Bytes between the scheme and the path within which a placeholder for the host is believed.
const LONGEST_HOST: usize = 90;

/// A callback URL in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees.
    pub text: String,
    /// Where that stands in the guide's text.
    pub range: Range<usize>,
    /// The scheme in `text`, without `://`.
    pub scheme: Range<usize>,
    /// The host or its placeholder in `text`.
    pub host: Range<usize>,
    /// The path and what follows it, in `text`.
    pub path: Range<usize>,
    /// Whether all of it is set as code.
    pub in_code: bool,
}

impl Mention {
    /// The URL as the guide means it: what the reader sees, or the source where Liquid erased the host.
    pub fn template(&self, guide: &Guide) -> String {
        if self.host.is_empty() { guide.slice(self.span).to_owned() } else { self.text.clone() }
    }
}

/// The callback URLs of a guide, in order.
pub fn mentions(guide: &Guide, profile: &Profile) -> Vec<Mention> {
    let text = guide.text.as_str();
    let path = profile.callback.path.as_str();
    let mut found: Vec<Mention> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), path) {
        if found.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        found.extend(mention_at(guide, text, at, path.len()));
    }
    found
}

/// The URL whose path starts at `at` in the guide's text.
fn mention_at(guide: &Guide, text: &str, at: usize, path: usize) -> Option<Mention> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let separator = line + text[line..at].rfind("://")?;
    if at - separator > LONGEST_HOST {
        return None;
    }
    let scheme = line + text[line..separator].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let end = at + path + url_rest(&text[at + path..]);
    let range = scheme..end;
    Some(Mention {
        span: guide.text.span_of(range.clone()),
        text: text[range.clone()].to_owned(),
        scheme: 0..separator - scheme,
        host: separator + 3 - scheme..at - scheme,
        path: at - scheme..end - scheme,
        in_code: guide.text.all_have(range.clone(), Style::CODE),
        range,
    })
}

/// Bytes behind the path that still belong to the URL: a further path, a query, a fragment.
fn url_rest(text: &str) -> usize {
    if !text.starts_with(['/', '?', '#', '_', '-']) {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || "\"'`<>()[]{}|".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!']).len()
}
