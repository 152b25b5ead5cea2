//! Secrets in URLs: user information and parameters whose name sounds secret.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::names::{is_general_key, is_secret_name};
use super::samples::looks_random;

macro_rules! pattern {
    ($pattern:literal) => {
        LazyLock::new(|| Regex::new($pattern).expect("the patterns are constants that the tests compile"))
    };
}

/// The password, or a user name without one, in a URL of a page: Markdown may follow.
static USERINFO: LazyLock<Regex> =
    pattern!(r#"://([^\s/?\#@'"<>`()\[\]|*,]*:([^\s/@'"<>`()\[\]|*,]*)|[^\s/?\#@:'"<>`()\[\]|*,{}]+)@"#);

/// The same in a value that is a URL, where everything belongs to it.
static ANY_USERINFO: LazyLock<Regex> = pattern!(r#"://([^/\s@'"]*:[^\s'"]*|[^/\s@'"]+)@"#);

/// `user:password@host` without a scheme.
static LOGIN: LazyLock<Regex> = pattern!(r#"(?:^|[\s"'`=,(])([^\s:/@'"`]+):([^\s@'"`/]+)@[A-Za-z0-9][A-Za-z0-9.-]*"#);

/// Bytes of the name of a parameter at most.
const LONGEST_PARAMETER: usize = 61;

/// Characters that the value of a parameter called `key` has at least if it is secret.
const SHORTEST_KEY: usize = 8;

/// ... and whatever they are, since words and numbers that anything may have are shorter.
const LONG_VALUE: usize = 16;

/// Random values in URLs, as in a text that only shows how URLs look.
pub fn random_in_urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let parts = found(&USERINFO, text, "://").filter_map(|captures| captures.get(2).or_else(|| captures.get(1)));
    let values = parts.chain(logins(text)).map(|part| part.range()).chain(parameters(text).map(|(_, value)| value));
    values.filter(|range| looks_random(&text[range.clone()]))
}

/// Whatever is the secret part of a URL, as in the values of a configuration.
pub fn any_in_urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let userinfo = found(&ANY_USERINFO, text, "://").filter_map(|captures| captures.get(1));
    let userinfo = userinfo.filter(|part| !is_port(part.as_str()));
    userinfo.chain(logins(text)).map(|part| part.range()).chain(parameters(text).map(|(_, value)| value))
}

/// Whether a parameter is called `key` or `sort_key` and its value is one that anything may have: `region`, `3`.
fn is_any_key(name: &str, value: &str) -> bool {
    let is_mixed = value.contains(|c: char| c.is_ascii_digit()) && value.contains(|c: char| c.is_ascii_alphabetic());
    is_general_key(name) && !(is_mixed && value.len() >= SHORTEST_KEY || value.len() >= LONG_VALUE)
}

/// The passwords in `user:password@host`; `mailto:` and its like are schemes of addresses.
fn logins(text: &str) -> impl Iterator<Item = regex::Match<'_>> {
    let is_scheme =
        |name: &str| ["mailto", "acct", "sip", "sips", "xmpp"].contains(&name.to_ascii_lowercase().as_str());
    found(&LOGIN, text, ":").filter(move |captures| !is_scheme(&captures[1])).filter_map(|captures| captures.get(2))
}

/// The values of parameters of a query or a fragment whose name sounds secret, but for those of `key` that anything may have.
pub fn secret_parameters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    parameters(text).filter(|(name, value)| !is_any_key(name, &text[value.clone()])).map(|(_, value)| value)
}

/// The names and values of parameters of a query or a fragment whose name sounds secret.
fn parameters(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut end = 0;
    memchr::memchr_iter(b'=', text.as_bytes()).filter_map(move |at| {
        let name = parameter_name(&text[end.min(at)..at])?;
        if at < end || !is_secret_name(name) {
            return None;
        }
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '&' | '\'' | '"' | '#' | '`' | '<' | '>' | '|' | ')' | '\\');
        end = at + 1 + text[at + 1..].find(ends).unwrap_or(text.len() - at - 1);
        (end > at + 1).then_some((name, at + 1..end))
    })
}

/// The name of a parameter at the end of a text, after what separates it from others.
fn parameter_name(text: &str) -> Option<&str> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_.%[]-".contains(&byte);
    let length = text.bytes().rev().take(LONGEST_PARAMETER + 1).take_while(|byte| is_name(*byte)).count();
    let start = text.len() - length;
    let is_separated = text.get(..start)?.ends_with(['?', '&', ';', '#']);
    let name = text.get(start..).filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()));
    name.filter(|_| is_separated && length <= LONGEST_PARAMETER)
}

/// The matches in the words of a text that have an `@` after `mark`: most texts have none.
fn found<'t>(
    pattern: &'static LazyLock<Regex>,
    text: &'t str,
    mark: &str,
) -> impl Iterator<Item = regex::Captures<'t>> {
    let mut end = 0;
    let any = memchr::memchr_iter(b'@', text.as_bytes()).any(|at| {
        // Of a word with several, the part before the first one that is not in what was looked at already.
        let start = text[end..at].rfind(|c: char| c.is_ascii_whitespace()).map_or(end, |gap| end + gap);
        let has_mark = text[start..at].contains(mark);
        end = at;
        has_mark
    });
    any.then(|| pattern.captures_iter(text)).into_iter().flatten()
}

/// Whether what comes before an `@` is a host with its port and a path: `host:8080/a/`.
fn is_port(part: &str) -> bool {
    let after = part.split_once(':').map_or("", |(_, after)| after);
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits > 0 && after[digits..].starts_with('/') && part.ends_with('/')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is in URLs, more often with an `@` or a `:` than not.
    fn texts() -> impl Strategy<Value = String> {
        let parts = ["://", "https", ":", "@", "a", "B1", "/", "?", "#", "\"", "{", "\u{a0}", " ", "\n", "é", "x.test"];
        let part = proptest::sample::select(parts.to_vec());
        proptest::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn texts_that_are_passed_over_have_no_match(text in texts()) {
            for (pattern, mark) in [(&USERINFO, "://"), (&ANY_USERINFO, "://"), (&LOGIN, ":")] {
                let all: Vec<_> = pattern.find_iter(&text).map(|found| found.range()).collect();
                let found: Vec<_> = found(pattern, &text, mark).map(|found| found.get_match().range()).collect();
                prop_assert_eq!(found, all);
            }
        }
    }
}
