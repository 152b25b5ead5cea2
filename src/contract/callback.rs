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

/// Bytes of a URL up to the last part of its path at most.
const LONGEST_URL: usize = 500;

/// Letters and digits of a scheme at most.
const LONGEST_SCHEME: usize = 32;

/// The most letters after the path that are a slip in it.
const MOST_LETTERS: usize = 2;

/// A callback URL in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees.
    pub text: String,
    /// Its location in the guide's text.
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
    let mut found: Vec<Mention> = Vec::new();
    for at in profile.callback_paths_in(text) {
        if found.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        found.extend(mention_at(guide, text, at, profile.callback.path.len()));
    }
    found
}

/// URLs that end in `callback` on a host of the partner's or of the platform, with another path than
/// callback URLs have.
pub fn with_wrong_path(guide: &Guide, profile: &Profile) -> Vec<Mention> {
    let text = guide.text.as_str();
    let last = profile.callback.path.rsplit('/').next().unwrap_or_default();
    let ends = memchr::memchr_iter(b'/', text.as_bytes())
        .filter(|at| text.get(at + 1..at + 1 + last.len()).is_some_and(|part| part.eq_ignore_ascii_case(last)));
    let mut done = 0;
    let found = ends.filter_map(|end| {
        if end < done {
            return None;
        }
        let before = near(text, end, LONGEST_URL);
        let host = end - before.len() + before.rfind("://")? + 3;
        let at = host + text[host..=end].find('/')?;
        let mention = mention_at(guide, text, at, end + 1 + last.len() - at)?;
        let written = &mention.text[mention.path.clone()];
        done = mention.range.end;
        let is_ours = HostKind::of(profile, &mention.text[mention.host.clone()]) != HostKind::Foreign;
        (is_ours && !written.starts_with(profile.callback.path.as_str())).then_some(mention)
    });
    found.collect()
}

/// Whose host a callback URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// A placeholder for the partner's own.
    Placeholder,
    /// One that the documentation uses as an example of it.
    Example,
    /// One that only developers of the platform can reach.
    Internal,
    /// A console of the platform, or its interface.
    Platform,
    /// Somebody else's.
    Foreign,
}

impl HostKind {
    /// Whose host `host` is, as the reader sees it.
    pub fn of(profile: &Profile, host: &str) -> Self {
        let bare = host.trim().to_ascii_lowercase();
        let lists = |hosts: &[String]| {
            hosts.iter().any(|known| {
                bare == *known || bare.strip_suffix(known.as_str()).is_some_and(|rest| rest.ends_with(['.', '-']))
            })
        };
        let callback = &profile.callback;
        if profile.is_host_placeholder(host) || host.contains(['{', '[', '<']) {
            Self::Placeholder
        } else if lists(&callback.internal_hosts) {
            Self::Internal
        } else if callback.platform_hosts.contains(&bare) {
            Self::Platform
        } else if lists(&callback.example_hosts) {
            Self::Example
        } else {
            Self::Foreign
        }
    }
}

/// The URL whose path starts at `at` in the guide's text.
fn mention_at(guide: &Guide, text: &str, at: usize, path: usize) -> Option<Mention> {
    let before = near(text, at, LONGEST_HOST);
    let separator = at - before.len() + before.rfind("://")?;
    let scheme = near(text, separator, LONGEST_SCHEME);
    let letters = scheme.len() - scheme.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let scheme = separator - letters;
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

/// At most so many bytes of the line before a place.
fn near(text: &str, at: usize, most: usize) -> &str {
    text[text.ceil_char_boundary(at.saturating_sub(most))..at].rsplit('\n').next().unwrap_or_default()
}

/// Bytes after the path that still belong to the URL: a further path, a query, a fragment.
fn url_rest(text: &str) -> usize {
    // A letter or two too many belong to the last part; what is longer is the next word.
    let letters = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if !(text.starts_with(['/', '?', '#', '_', '-']) || (1..=MOST_LETTERS).contains(&letters)) {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || "\"'`<>()[]{}|".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!']).len()
}
