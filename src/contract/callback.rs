//! Callback URLs as guides write them: with a placeholder for the host, in code or not, broken up by markup.
//!
//! The reader's text is searched, not the source: a URL is written with backticks around the host,
//! with `<span>` in the scheme, over `raw` tags. Whether it is right is left to the rules.

use std::ops::Range;

use crate::guide::words::{denies, words_of_clause};
use crate::guide::{Guide, Style};
use crate::nearest;
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

/// Marks around a placeholder.
const MARKS: [(char, char); 3] = [('{', '}'), ('[', ']'), ('<', '>')];

/// Words right before the name of a callback URL that deny it.
const WITHOUT: [&str; 4] = ["ignore", "no", "skip", "without"];

/// Words of no meaning here.
const ARTICLES: [&str; 4] = ["a", "an", "any", "the"];

/// Verbs of needs: "does not need a callback URL".
const NEEDS: [&str; 8] = ["have", "need", "needed", "necessary", "require", "required", "use", "used"];

/// Words after the name that say that it is left out.
const LEFT_OUT: [&str; 3] = ["blank", "empty", "optional"];

/// Words on each side of the name that are read.
const NEAR: usize = 4;

/// Bytes on each side of the name of a callback URL in which its clause is read.
const LONGEST_CLAUSE: usize = 80;

/// A callback URL in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees.
    pub text: String,
    /// Its location in the guide's text.
    pub range: Range<usize>,
    /// The scheme in `text`, without `://`; all that is before the host where these marks are broken.
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
        found.extend(mention_at(guide, profile, at, profile.callback.path.len()));
    }
    // Beside a whole URL, one without a scheme may be for another field.
    let has_scheme = |mention: &Mention| mention.host.start > 0;
    if found.iter().any(has_scheme) {
        found.retain(has_scheme);
    }
    found
}

/// URLs on a host of the partner's or of the platform with a part `callback`, or with a slip or two in their path.
pub fn with_wrong_path(guide: &Guide, profile: &Profile) -> Vec<Mention> {
    let text = guide.text.as_str();
    let mut done = 0;
    let found = memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(|separator| {
        let line = guide.text.line_after(separator + 3, LONGEST_URL);
        let at = line.start + text[line.clone()].find(['/', '\\'])?;
        // In `https://https://` the second scheme is that of the URL.
        if at < done || text[..at].ends_with(':') {
            return None;
        }
        let in_code = guide.text.any_has(at..at + 1, Style::CODE);
        let mention =
            mention_at(guide, profile, at, wrong_path(&profile.callback.path, &text[at..line.end], in_code)?)?;
        done = mention.range.end;
        (HostKind::of(profile, &mention.text[mention.host.clone()]) != HostKind::Foreign).then_some(mention)
    });
    found.collect()
}

/// Bytes at the start of `text` of a path that was meant as `path`; `None` if it is right or of something else.
fn wrong_path(path: &str, text: &str, in_code: bool) -> Option<usize> {
    let last = path.rsplit('/').next().unwrap_or_default();
    let written = &text[..path_end(text)];
    if written.starts_with(path) {
        return None;
    }
    let is_last = |at: usize| written[at + 1..].get(..last.len()).is_some_and(|part| part.eq_ignore_ascii_case(last));
    if let Some((at, _)) = written.match_indices('/').find(|(at, _)| is_last(*at)) {
        return Some(at + 1 + last.len());
    }
    let folded = |text: &str| text.replace(['\\', ' '], "/").to_ascii_lowercase();
    if nearest::slips(&folded(written), path, nearest::MOST_SLIPS).is_some() {
        return Some(written.len());
    }
    let spaced = text.get(..path.len()).filter(|spaced| in_code && folded(spaced) == path);
    spaced.map(str::len)
}

/// Whether the clause around the name of a callback URL says that none is needed: "does not need a callback URL", "a
/// callback URL is not used". "You can't connect without the callback URL" denies twice.
pub fn is_denied(guide: &Guide, name: &Range<usize>) -> bool {
    let text = guide.text.as_str();
    let words = |clause: &str| -> Vec<String> {
        words_of_clause(clause).filter(|word| !ARTICLES.contains(word)).map(str::to_lowercase).collect()
    };
    let marks = ['.', ',', ';', ':', '('];
    let before = text[guide.text.line_before(name.start, LONGEST_CLAUSE)].rsplit(marks).next().unwrap_or_default();
    let after = text[guide.text.line_after(name.end, LONGEST_CLAUSE)].split(marks).next().unwrap_or_default();
    let (before, after) = (words(before), words(after));
    let denies = |word: &String| denies(word);
    let is_need = |word: &String| NEEDS.contains(&word.as_str());
    let is_without = before.last().is_some_and(|last| WITHOUT.contains(&last.as_str()));
    let is_unneeded = before.windows(2).last().is_some_and(|pair| denies(&pair[0]) && is_need(&pair[1]))
        || before.windows(2).any(|pair| pair[0] == "no" && pair[1] == "need");
    let clause = after.iter().position(|word| word == "and" || word == "but").unwrap_or(after.len());
    let after = &after[..clause.min(NEAR)];
    // "Don't leave the callback URL blank" denies twice.
    let is_denied = before.iter().chain(after).any(denies);
    let is_left_out = after.iter().any(|word| LEFT_OUT.contains(&word.as_str())) && !is_denied;
    is_without && !before.iter().any(denies)
        || is_unneeded
        || is_left_out
        || after.iter().any(denies) && after.iter().any(is_need)
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
        if let Some(rest) = text_after_placeholder(profile, host) {
            let is_below = |known: &String| {
                known.find('.').is_some_and(|domain| rest.to_ascii_lowercase().ends_with(&known[domain..]))
            };
            let is_label = !profile.is_host_placeholder(host) && callback.example_hosts.iter().any(is_below);
            return if is_label { Self::Example } else { Self::Foreign };
        }
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

/// What is between the placeholder and the path, if that is not what the house style has there. A placeholder without
/// marks ends at the first dot or colon.
pub fn text_after_placeholder<'h>(profile: &Profile, host: &'h str) -> Option<&'h str> {
    let host = host.trim();
    let rest = if let Some((_, close)) = MARKS.iter().find(|(open, _)| host.starts_with(*open)) {
        host[host.find(*close)?..].trim_start_matches(*close)
    } else {
        let end = host.find(['.', ':']).filter(|end| profile.is_host_placeholder(&host[..*end]))?;
        &host[end..]
    };
    let is_plain = !rest.is_empty() && !host[..host.len() - rest.len()].ends_with(' ') && !rest.contains(' ');
    (is_plain && rest != template_end(&profile.callback.template)).then_some(rest)
}

/// The text between the placeholder and the path in the house style's callback URL: nothing where the
/// placeholder is the whole host.
pub fn template_end(template: &str) -> &str {
    let following = template.rsplit_once('}').map_or("", |(_, following)| following);
    following.split('/').next().unwrap_or_default()
}

/// The URL whose path starts at `at` in the guide's text.
fn mention_at(guide: &Guide, profile: &Profile, at: usize, path: usize) -> Option<Mention> {
    let text = guide.text.as_str();
    let before = near(text, at, LONGEST_HOST);
    let line = at - before.len();
    let (scheme, host) = if let Some(separator) = before.rfind("://") {
        let scheme = near(text, line + separator, LONGEST_SCHEME);
        let letters = scheme.len() - scheme.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        (line + separator - letters..line + separator, line + separator + 3)
    } else {
        let scheme = broken_scheme(profile, before)?;
        (line + scheme.start..line + scheme.end, line + scheme.end)
    };
    let end = at + path + url_rest(&text[at + path..]);
    let (start, range) = (scheme.start, scheme.start..end);
    Some(Mention {
        span: guide.text.span_of(range.clone()),
        text: text[range.clone()].to_owned(),
        scheme: 0..scheme.end - start,
        host: host - start..at - start,
        path: at - start..end - start,
        in_code: guide.text.all_have(range.clone(), Style::CODE),
        range,
    })
}

/// What is before the placeholder at the end of a text, where `https://` should be: `https:/`, `https//`, or nothing.
fn broken_scheme(profile: &Profile, text: &str) -> Option<Range<usize>> {
    let (open, _) = MARKS.into_iter().find(|(_, close)| text.ends_with(*close))?;
    let host = text[..text.rfind(open)?].trim_end_matches(open).len();
    let is_of_scheme = |c: char| c.is_ascii_alphabetic() || matches!(c, ':' | '/');
    let start = text[..host].trim_end_matches(is_of_scheme).len();
    let is_scheme = start == host || nearest::slips(&text[start..host], "https://", nearest::MOST_SLIPS).is_some();
    (is_scheme && profile.is_host_placeholder(&text[host..])).then_some(start..host)
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
    path_end(text)
}

/// Bytes before what ends a path: a space, a quotation mark, a bracket, punctuation of the sentence.
fn path_end(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || "\"'`<>()[]{}|".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!']).len()
}
