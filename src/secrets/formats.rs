//! Tokens and keys of known issuers, recognized by their form. The forms are data: `schemas/token-formats.json`.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use regex::bytes::Regex;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Secret;
use super::samples::says_it_is_a_sample;

/// How many bytes of a token are compared with its form: more than the longest form needs, and few enough that a
/// text of nothing but beginnings of tokens is read in linear time. The rest of a longer token is its characters.
const WINDOW: usize = 512;

/// No token is shorter, apart from a word before it; few words of prose are as long. The tests compare it with the
/// patterns.
const SHORTEST: usize = 15;

/// How many bytes of a token a word before it has at most, its space included (`SSWS 00...`).
const LONGEST_WORD_BEFORE: usize = 5;

/// A form of token or key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Its name in lowercase words, joined by `-`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Fixed texts, one of which each token has.
    pub marks: Vec<String>,
    /// How many bytes can come before the mark.
    #[serde(default = "none_before")]
    pub before: Vec<usize>,
    /// The regular expression of a whole token.
    pub pattern: String,
    /// Where its issuer or a scanner publishes it.
    pub source: String,
    #[serde(skip)]
    compiled: OnceLock<Regex>,
}

fn none_before() -> Vec<usize> {
    vec![0]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "description")]
    _description: String,
    formats: Vec<Format>,
    /// SHA-256 of samples that vendors document.
    samples: HashSet<String>,
}

/// The data, and where to look for it.
struct Scanner {
    data: Data,
    /// The marks and the numbers of their formats, in order.
    marks: Vec<(Box<[u8]>, usize)>,
    /// The marks that start with a pair of ASCII characters, as a range: few pairs of a text have any.
    by_pair: Box<[(u16, u16)]>,
    /// For each byte, whether a mark that starts with it can be within a word.
    within_words: [bool; 256],
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let data: Data = serde_json::from_str(include_str!("../../schemas/token-formats.json"))
        .expect("the embedded token formats are read by the tests");
    let mut marks: Vec<(Box<[u8]>, usize)> = Vec::new();
    for (number, format) in data.formats.iter().enumerate() {
        for mark in &format.marks {
            // A mark of one character is followed by one of a token.
            let follows = (b'!'..=b'~').filter(|next| mark.len() == 1 && is_token(*next)).map(char::from);
            marks.extend(follows.map(|next| (format!("{mark}{next}").into_bytes().into(), number)));
            if mark.len() > 1 {
                marks.push((mark.as_bytes().into(), number));
            }
        }
    }
    marks.sort();
    let mut by_pair = vec![(0, 0); 1 << 14].into_boxed_slice();
    for (at, (mark, _)) in (0..).zip(&marks) {
        let (start, end) = &mut by_pair[pair(mark)];
        *start = if *end == 0 { at } else { *start };
        *end = at + 1;
    }
    let mut within_words = std::array::from_fn(|byte| !is_word(byte as u8));
    for (mark, number) in &marks {
        within_words[usize::from(mark[0])] |= data.formats[*number].before != none_before();
    }
    Scanner { data, marks, by_pair, within_words }
});

/// The number of the pair of ASCII characters at the start of a text.
fn pair(text: &[u8]) -> usize {
    usize::from(text[0] & 127) << 7 | usize::from(text[1] & 127)
}

/// The forms of tokens that are known.
pub fn formats() -> &'static [Format] {
    &SCANNER.data.formats
}

/// The tokens in a text, in the order of their marks.
pub(super) fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let (scanner, bytes) = (&*SCANNER, text.as_bytes());
    for run in runs(bytes) {
        // An escape is the first character of a run, or after a `%`.
        let has_escapes = memchr::memchr(b'%', &bytes[run.clone()]).is_some();
        let first = run.start.saturating_sub(LONGEST_WORD_BEFORE);
        let mut is_within_word = false;
        for (at, byte) in (first..).zip(&bytes[first..run.end - 1]) {
            let byte = usize::from(*byte);
            let is_passed_over = is_within_word && !scanner.within_words[byte];
            is_within_word = WORDS[byte] && at > run.start && !has_escapes;
            if is_passed_over {
                continue;
            }
            let (start, end) = scanner.by_pair[pair(&bytes[at..])];
            // A mark within a token that was found belongs to it.
            if start == end || found.last().is_some_and(|last| last.range.end > at) {
                continue;
            }
            for (mark, format) in &scanner.marks[usize::from(start)..usize::from(end)] {
                if goes_on_as(mark, &bytes[at..]) {
                    found.extend(scanner.token(text, &scanner.data.formats[*format], at..at + mark.len()));
                }
            }
        }
    }
    found
}

/// Whether a text starts with a mark, if its first two characters are those of the mark.
fn goes_on_as(mark: &[u8], text: &[u8]) -> bool {
    // Most marks differ in the next character.
    mark.get(2).is_none_or(|third| text.get(2) == Some(third)) && text.starts_with(mark)
}

/// Whether a byte can be part of a token, apart from a word before it: the tests compare it with the patterns.
const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'$' | b'%' | b'+' | b'-' | b'.' | b'/' | b':' | b'=' | b'@' | b'_' | b'~')
}

/// For each byte, whether it can be part of a token, and whether it is one of a word.
const PARTS: [bool; 256] = table(true);
const WORDS: [bool; 256] = table(false);

const fn table(of_parts: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = if of_parts { is_part(byte as u8) } else { is_word(byte as u8) };
        byte += 1;
    }
    table
}

/// The words of a text that are long enough for a token: runs of characters that tokens have. A word is looked at
/// from where it would have to end, so that the short ones are skipped.
fn runs(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        while let Some(word) = text.get(start..start + SHORTEST) {
            if let Some(gap) = word.iter().rposition(|byte| !PARTS[usize::from(*byte)]) {
                start += gap + 1;
                continue;
            }
            let rest = &text[start + SHORTEST..];
            let more = rest.iter().take_while(|byte| PARTS[usize::from(**byte)]).count();
            let run = start..start + SHORTEST + more;
            start = run.end;
            return Some(run);
        }
        None
    })
}

impl Format {
    /// The token of this form that starts at `start`.
    fn token(&self, text: &str, start: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let window = &bytes[start..bytes.len().min(start + WINDOW)];
        let compile = || Regex::new(&format!("^(?:{})", self.pattern)).expect("the tests compile the patterns");
        let length = self.compiled.get_or_init(compile).find(window)?.end();
        let open = self.id == JSON_WEB_TOKEN || length == window.len();
        let more = if open { bytes[start + length..].iter().take_while(|byte| is_token(**byte)).count() } else { 0 };
        let end = start + length + more;
        let goes_on = bytes[end - 1].is_ascii_alphanumeric() && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        let is_valid = self.id != JSON_WEB_TOKEN || is_web_token(&text[start..end]);
        (!goes_on && is_valid).then_some(start..end)
    }
}

impl Scanner {
    /// The token of a format that has its mark at `mark`, unless it is a sample.
    fn token(&self, text: &str, format: &'static Format, mark: Range<usize>) -> Option<Secret> {
        // A mark such as `key-` is also a part of names: `api-key-58d3`.
        let joined = text.as_bytes()[mark.end - 1] == b'-';
        let starts = format.before.iter().filter_map(|before| mark.start.checked_sub(*before));
        let mut starts = starts.filter(|start| starts_token(text.as_bytes(), *start, joined));
        let range = starts.find_map(|at| format.token(text, at))?;
        (!self.is_sample(&text[range.clone()])).then(|| Secret { range, name: &format.name })
    }

    fn is_sample(&self, token: &str) -> bool {
        let hash = || {
            let digest = Sha256::digest(token);
            digest.iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
        };
        says_it_is_a_sample(token) || self.data.samples.contains(&hash())
    }
}

const JSON_WEB_TOKEN: &str = "json-web-token";

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'=')
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a token can start at `at`: not within a word, unless an escape (`\n`, `%20`) ends there;
/// where a mark can be `joined` by dashes, not within a name with dashes.
fn starts_token(bytes: &[u8], at: usize, joined: bool) -> bool {
    let starts_word = bytes.get(at).is_some_and(|byte| is_word(*byte));
    let before = &bytes[..at];
    match before {
        [] | [.., b'\\', b'n' | b'r' | b't' | b'b' | b'f'] => true,
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [.., b'-'] => !joined,
        [.., last] => !starts_word || !is_word(*last),
    }
}

/// Whether the header of a JSON Web Token names its algorithm (RFC 7515, section 4.1.1), and its claims are not those
/// of the sample that documentation repeats.
fn is_web_token(token: &str) -> bool {
    let mut parts = token.split('.');
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).unwrap_or_default();
    let header: Option<serde_json::Value> =
        parts.next().and_then(|header| serde_json::from_slice(&decoded(header)).ok());
    let claims = parts.next().map(decoded).unwrap_or_default();
    let claims = String::from_utf8_lossy(&claims);
    header.is_some_and(|header| header.get("alg").is_some())
        && !says_it_is_a_sample(&claims)
        && !claims.contains("John Doe")
}

#[cfg(test)]
mod tests {
    use regex_syntax::hir::{Class, Hir, HirKind};

    use proptest::prelude::*;
    use proptest::strategy::Union;
    use proptest::string::string_regex;

    use super::{LONGEST_WORD_BEFORE, SCANNER, SHORTEST, Secret, find, formats, is_part};

    /// The tokens in a text by all marks at all places.
    fn find_everywhere(text: &str) -> Vec<Secret> {
        let mut found: Vec<Secret> = Vec::new();
        for at in 0..text.len() {
            if found.last().is_none_or(|last| last.range.end <= at) {
                let here = SCANNER.marks.iter().filter(|(mark, _)| text.as_bytes()[at..].starts_with(mark));
                let tokens = here.filter_map(|(mark, format)| {
                    SCANNER.token(text, &SCANNER.data.formats[*format], at..at + mark.len())
                });
                found.extend(tokens.collect::<Vec<_>>());
            }
        }
        found
    }

    /// Tokens, their beginnings, and what can be around them.
    fn words() -> impl Strategy<Value = String> {
        let tokens = || Union::new(formats().iter().map(|format| string_regex(&format.pattern).expect("a pattern")));
        let beginnings = (tokens(), 1..24_usize).prop_map(|(token, length)| token.chars().take(length).collect());
        let between = proptest::sample::select(vec![" ", "\n", "-", "=", ".", "\\n", "%20", "é", "ab", "SSWS ", "\""]);
        prop_oneof![tokens(), beginnings, between.prop_map(str::to_owned)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn passed_over_places_have_no_tokens(words in proptest::collection::vec(words(), 1..12)) {
            let text = words.concat();
            prop_assert_eq!(find(&text), find_everywhere(&text));
        }
    }

    #[test]
    fn a_token_is_one_long_word() {
        for format in formats() {
            let (word, token) = format.pattern.split_once(' ').map_or((None, &*format.pattern), |(a, b)| (Some(a), b));
            assert!(word.is_none_or(|word| word.len() < LONGEST_WORD_BEFORE), "{}", format.id);
            let pattern = regex_syntax::Parser::new().parse(token).expect("the patterns compile");
            assert!(pattern.properties().minimum_len() >= Some(SHORTEST), "{}", format.id);
            assert!(is_of_parts(&pattern), "{}", format.id);
        }
    }

    /// Whether an expression matches nothing but bytes that tokens have.
    fn is_of_parts(pattern: &Hir) -> bool {
        let is_range = |start: u8, end: u8| (start..=end).all(is_part);
        match pattern.kind() {
            HirKind::Empty => true,
            HirKind::Literal(literal) => literal.0.iter().all(|byte| is_part(*byte)),
            HirKind::Class(Class::Unicode(class)) => class.iter().all(|range| {
                u8::try_from(range.start())
                    .is_ok_and(|start| u8::try_from(range.end()).is_ok_and(|end| is_range(start, end)))
            }),
            HirKind::Class(Class::Bytes(class)) => class.iter().all(|range| is_range(range.start(), range.end())),
            HirKind::Look(_) => false,
            HirKind::Repetition(repetition) => is_of_parts(&repetition.sub),
            HirKind::Capture(capture) => is_of_parts(&capture.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_of_parts),
        }
    }
}
