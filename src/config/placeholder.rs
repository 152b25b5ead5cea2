//! Placeholders that an author forgot to replace.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::config::credentials::is_email;
use crate::config::references::outside;
use crate::config::{References, vocabulary};

/// What people leave for the reader to replace inside a value. References are taken out before.
///
/// It is a pattern of bytes, which is compiled in a tenth of the time: it starts and ends with ASCII characters or at
/// the ends of the value.
static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(PATTERN).expect("the pattern is a constant that the tests compile"));

/// The words that one of the characters follows in a placeholder without brackets.
const MARKS: [&str; 6] = ["your", "my", "insert", "replace", "paste", "enter"];

const PATTERN: &str = concat!(
    "(?-u)",
    r"\{\{[^{}]*\}\}|\{[A-Za-z][^{}]*\}", // {YourDomain}, {{X}}
    r"|\$\{[^{}]*$|\$\{\}|^\$[A-Za-z_][A-Za-z0-9_]*\}$|\$?\{\{[^{}]*$", // ${NAME, ${}, $NAME}, {{NAME, ${{NAME: no references
    r"|\[(?i:your|my|the|insert|enter|add)\b[^\[\]]*\]",                // [Your X]
    r"|<[A-Za-z][^<>]*>",                                               // <api key>
    r"|\bYOUR[_-][A-Z0-9_-]+\b",                                        // YOUR_CLIENT_ID
    // `MY` is also the code of a country, and modes have names such as `INSERT_ONLY`.
    r"|\b(?:MY|(?:INSERT|REPLACE|PASTE|ENTER)(?:[_-][A-Z0-9]+)*)[_-]",
    r"(?:YOUR|HERE|ME|VALUE|CLIENT|API|ACCESS|DOMAIN|SUBDOMAIN|ACCOUNT|TOKEN|SECRET|KEY|PASSWORD)(?:[_-][A-Z0-9_-]+)?\b",
    r"|\b(?i:your[-_](?:client|api|company|domain|subdomain|account|instance|token|secret|key)[a-z_-]*)\b",
    r"|^(?i:your(?:[-_][a-z]+)+[-_](?:key|token|secret|password|client[-_]id))$", // your-private-key
    r"|^(?i:(?:enter|insert|paste|replace)(?:[ _-][a-z]+)*[ _-]here)$",           // enter secret here
    r"|\b(?i:your (?:client|api|own|access|account|token|secret|key|company)\b[a-z ]*)",
);

impl References {
    /// Where in `value` a placeholder is, or the whole value if it is a stand-in or one of the
    /// documentation's samples. `None` for a reference such as `${NAME}`.
    pub fn placeholder_in(&self, value: &str) -> Option<Range<usize>> {
        if self.is_reference(value, None) {
            return None;
        }
        let whole = || is_stand_in(value) || vocabulary().sample_values.iter().any(|sample| sample == value);
        self.placeholders_in(value).into_iter().next().or_else(|| whole().then_some(0..value.len()))
    }

    /// Where `value` is open: its references and placeholders, in order.
    pub fn open_parts(&self, value: &str) -> Vec<Range<usize>> {
        let mut parts = self.parts(value);
        parts.extend(self.placeholders_in(value));
        parts.sort_by_key(|part| part.start);
        parts
    }

    fn placeholders_in(&self, value: &str) -> Vec<Range<usize>> {
        // Most values have none of the marks of a placeholder and need not be searched.
        let is_marked =
            |text: &str| text.contains(['{', '[', '<', '}']) || stands_before(&MARKS, ['-', '_', ' '], text);
        if !is_marked(value) {
            return Vec::new();
        }
        let references = self.parts(value);
        if !is_marked(&outside(value, &references)) {
            return Vec::new();
        }
        let is_free = |found: &Range<usize>| {
            references.iter().all(|part| found.end <= part.start || part.end <= found.start)
                && !is_markup(value, &value[found.clone()])
        };
        PLACEHOLDER.find_iter(value.as_bytes()).map(|found| found.range()).filter(is_free).collect()
    }
}

/// Whether a text between brackets is an address (`<https://example.com>`, `Jane <jane@example.com>`) or a tag.
fn is_markup(value: &str, found: &str) -> bool {
    let inner = found.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let is_tag = |inner: &str| inner.ends_with('/') || value.contains("</");
    inner.is_some_and(|inner| inner.contains("://") || is_email(inner) || is_tag(inner))
}

/// Whether one of `words`, in any case, is right before one of the characters in `text`.
pub(super) fn stands_before(words: &[&str], characters: [char; 3], text: &str) -> bool {
    let ends_in = |before: &[u8], word: &str| {
        before.len().checked_sub(word.len()).is_some_and(|at| before[at..].eq_ignore_ascii_case(word.as_bytes()))
    };
    let mut places = text.match_indices(characters);
    places.any(|(at, _)| words.iter().any(|word| ends_in(&text.as_bytes()[..at], word)))
}

/// Whether a value only holds the place of another: `changeme`, `n/a`, `xxxx`, `****`, a GUID of zeros.
fn is_stand_in(value: &str) -> bool {
    const WORDS: [&str; 14] = [
        "todo", "tbd", "tbc", "tba", "n/a", "null", "undefined", "fixme", "placeholder", "example", "dummy", "foo",
        "bar", "redacted",
    ];
    let is_all = |least, filler: &[char]| value.chars().count() >= least && value.chars().all(|c| filler.contains(&c));
    let has_verb = |verb: &&str| {
        let (start, rest) = value.split_at_checked(verb.len()).unwrap_or_default();
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        start.eq_ignore_ascii_case(verb) && rest.strip_prefix('_').unwrap_or(rest).eq_ignore_ascii_case("me")
    };
    let bare = value.trim_matches(['*', '[', ']', '<', '>', '(', ')', '_', '-']);
    WORDS.iter().any(|word| bare.eq_ignore_ascii_case(word))
        || ["change", "replace"].iter().any(has_verb)
        || is_all(4, &['x', 'X', '-']) && value.contains(['x', 'X'])
        || is_all(3, &FILLERS)
        || is_filled_up(value)
        || is_masked(value)
        || is_all(3, &['.'])
        || is_all(8, &['0', '-'])
        || value == "…"
}

/// The shortest end of one character that was written for unknown ones ...
const SHORTEST_FILL: usize = 6;

/// ... but for zeros, which numbers end in as well.
const MOST_ZEROS: usize = 7;

/// Whether most of a value is one character at its end that was written for unknown ones: `appXXXXXXXX`.
fn is_filled_up(value: &str) -> bool {
    let Some(last) = value.chars().next_back() else { return false };
    let start = value.trim_end_matches(last);
    let count = value[start.len()..].chars().count();
    let is_filler = match last {
        'x' | 'X' | '*' => true,
        '0' => {
            count > MOST_ZEROS
                && start.contains(char::is_alphabetic)
                && !start.contains(|c: char| c.is_ascii_digit() || c.is_whitespace())
        }
        _ => false,
    };
    is_filler && count >= SHORTEST_FILL && count * 2 > value.chars().count()
}

/// What hides the characters of a secret.
const FILLERS: [char; 4] = ['*', '\u{2022}', '\u{25cf}', '\u{b7}'];

/// The most characters of a secret that is not shown as a whole ...
const MOST_SHOWN: usize = 16;

/// ... and the fewest at its end.
const FEWEST_SHOWN: usize = 4;

/// Whether a value is what a console or a page shows of a secret: `****a94f`, `sk-...9xQa`, `3b9c7f2e...`.
pub fn is_masked(value: &str) -> bool {
    let is_shown = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let value = value.trim();
    let hidden = value.trim_matches(is_shown);
    let shown = &value[value.trim_end_matches(is_shown).len()..];
    let is_hidden = hidden.chars().count() > 3 && hidden.chars().all(|c| FILLERS.contains(&c));
    let is_cut = matches!(hidden, "..." | "\u{2026}");
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let count = value.len() - hidden.len();
    is_cut && count >= FEWEST_SHOWN && has_digit(value)
        || is_hidden && shown.len() >= FEWEST_SHOWN && has_digit(shown) && count <= MOST_SHOWN
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::{PATTERN, PLACEHOLDER};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_pattern_of_bytes_finds_what_that_of_characters_does(
            value in "([{}<>$ éß😀a-zA-Z_-]|\\[|\\]|your|MY_|your-api|YOUR_|insert ){0,16}"
        ) {
            let characters = Regex::new(&PATTERN.replace("(?-u)", "").replace(r"\b", r"(?-u:\b)")).expect("a pattern");
            let expected: Vec<_> = characters.find_iter(&value).map(|found| found.range()).collect();
            let found: Vec<_> = PLACEHOLDER.find_iter(value.as_bytes()).map(|found| found.range()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
