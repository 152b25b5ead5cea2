//! Values that follow the name of a secret in text: `Client Secret: 3f1c...`, `Bearer 3f1c...`.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::end_of;
use super::names::{is_hidden_name, is_like_secret_name};
use super::samples::{is_plain_password, looks_random};

/// How far before a `:` its name starts at most.
const LONGEST_NAME: usize = 64;

/// How many quotes and marks can be between a name and its value.
const MOST_MARKS: usize = 16;

/// How a header names its credentials (RFC 7235, section 2.1), each with the place of a letter that is rare in text.
const SCHEMES: [(&str, usize); 3] = [("bearer", 0), ("basic", 0), ("token", 2)];

/// No credentials are shorter.
const SHORTEST_CREDENTIALS: usize = 8;

/// The random values after names of secrets.
pub fn assigned(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut run = Run::default();
    memchr::memchr3_iter(b':', b'=', b'|', text.as_bytes()).filter_map(move |at| {
        let value = value_after(text, at + 1, &mut run);
        let is_secret =
            !value.is_empty() && looks_random(&text[value.clone()]) && is_hidden_name(name_before(text, at));
        is_secret.then_some(value)
    })
}

/// The random values after the name of a kind of authentication.
pub fn credentials(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    schemes(text).filter_map(|scheme| {
        let is_value = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '.' | '_' | '~' | '-');
        let starts = !text[..scheme.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let rest = &text[scheme.end..];
        let value = rest.trim_start_matches([' ', '\t']);
        if !starts || value.len() == rest.len() {
            return None;
        }
        let length = value.find(|c| !is_value(c)).unwrap_or(value.len());
        let credentials = value[..length].trim_end_matches('.');
        let is_basic = text[scheme].eq_ignore_ascii_case("basic");
        let is_secret = if is_basic { is_login(credentials) } else { looks_random(credentials) };
        let start = text.len() - value.len();
        (length >= SHORTEST_CREDENTIALS && is_secret).then(|| start..start + credentials.len())
    })
}

/// The names of kinds of authentication in a text, in any case: by their rare letters.
fn schemes(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let places = memchr::memchr2_iter(b'b', b'B', bytes).chain(memchr::memchr2_iter(b'k', b'K', bytes));
    places.filter_map(|at| {
        SCHEMES.iter().find_map(|(name, letter)| {
            let start = at.checked_sub(*letter)?;
            let word = bytes.get(start..start + name.len())?;
            word.eq_ignore_ascii_case(name.as_bytes()).then_some(start..start + name.len())
        })
    })
}

/// Whether a text is base64 of a user name and a password that is not a sample.
fn is_login(text: &str) -> bool {
    let decoded = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.is_some_and(|login| login.split_once(':').is_some_and(|(_, password)| is_plain_password(password)))
}

/// What follows names of secrets in a text where names and values cannot be separated: the rest of the line, or the
/// lines that follow where the value starts there.
pub fn rest_of_broken_lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut value_follows) = (0, false);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let value = secret_value(line);
        match value {
            Some(value) => {
                let written = line[value.clone()].trim();
                value_follows =
                    written.is_empty() || matches!(written.trim_end_matches(['+', '-']), "|" | ">" | "\"" | "'");
                if !value_follows {
                    found.push(start + value.start..start + value.end);
                }
            }
            None if value_follows && content.is_empty() => {}
            None if value_follows && !starts_entry(content) => {
                let indent = content.len() - content.trim_start().len();
                found.push(start + indent..start + content.len());
            }
            None => value_follows = false,
        }
        start += line.len();
    }
    found
}

/// The rest of a line after the first name of a secret in it, or after `Value`.
fn secret_value(line: &str) -> Option<Range<usize>> {
    let at = memchr::memchr2_iter(b':', b'=', line.as_bytes()).find(|at| {
        let name = name_before(line, *at);
        is_like_secret_name(name) || strsim::osa_distance("value", &last_word(name)) <= 1 || last_word(name) == "val"
    })?;
    let start = at + 1 + (line[at + 1..].len() - line[at + 1..].trim_start_matches([' ', '\t', '"', '\'']).len());
    let end = line.trim_end().len().max(start);
    Some(start.min(end)..end)
}

fn last_word(name: &str) -> String {
    name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase()
}

/// Whether a line starts a key, so that it does not continue a value.
fn starts_entry(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ").trim_start_matches(['{', '[', '"', '\'', ' ']);
    let name = line.split([':', '"', '\'']).next().unwrap_or_default();
    let is_key = name.len() < line.len()
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | ' '));
    let rest = line[name.len()..].trim_start_matches(['"', '\'']);
    is_key && rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '"', '\'', '{', '[']))
        || line.starts_with(['#', ']', '}'])
}

/// The name before a separator: a few words without what quotes or marks them.
fn name_before(text: &str, at: usize) -> &str {
    let is_mark = |c: char| matches!(c, '"' | '\'' | '`' | '*' | '_' | '\\' | ' ' | '\t' | ')' | '>' | '|' | '?');
    let before = end_of(&text[..at], LONGEST_NAME).trim_end_matches(is_mark);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '[' | ']');
    let start = before.char_indices().rev().find(|(_, c)| !is_name(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    &before[start..]
}

/// The word that was read last.
#[derive(Default)]
struct Run {
    end: usize,
    /// The end without punctuation.
    trimmed: usize,
}

/// The word after a separator, without what quotes or marks it; it may be the rest of the one that was read last.
fn value_after(text: &str, from: usize, run: &mut Run) -> Range<usize> {
    let is_mark = |c: char| matches!(c, '"' | '\'' | '`' | '*' | '_' | '\\' | ' ' | '\t' | '=' | ':' | '>' | '|');
    let marks = text[from..].chars().take(MOST_MARKS).take_while(|c| is_mark(*c));
    let start = from + marks.map(char::len_utf8).sum::<usize>();
    if start >= run.end {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '|' | ',' | ';' | '\\');
        run.end = text[start..].find(ends).map_or(text.len(), |length| start + length);
        let word = &text[start..run.end];
        run.trimmed = start + word.trim_end_matches(['.', ')', '*', '_', '}', ']', ':', '?', '!']).len();
    }
    start..run.trimmed.max(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{SCHEMES, schemes};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn schemes_are_found_by_their_letters(
            text in "([bBkKeEaArRsSiIcCtToOnN é]|[bB]earer|BASIC|[tT]o[kK]en|bea|tok){0,24}"
        ) {
            let mut found: Vec<_> = schemes(&text).collect();
            found.sort_by_key(|range| range.start);
            let lower = text.to_ascii_lowercase();
            let at_start = |at| SCHEMES.iter().find(|(name, _)| lower.as_bytes()[at..].starts_with(name.as_bytes()));
            let expected: Vec<_> =
                (0..text.len()).filter_map(|at| Some(at..at + at_start(at)?.0.len())).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
