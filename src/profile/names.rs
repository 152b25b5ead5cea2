//! Names that are compared with whole texts, by their letters and digits only.

use std::borrow::Cow;
use std::collections::HashSet;

use any_ascii::{any_ascii, any_ascii_char};
use serde::Deserialize;

/// Names to look texts up in.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Names(HashSet<String>);

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        Self(names.iter().map(|name| fold(name)).collect())
    }
}

impl Names {
    /// Whether `text` is one of the names.
    pub fn contains(&self, text: &str) -> bool {
        self.0.contains(&fold(text))
    }
}

/// Letters and digits in lower case: how names are compared that differ in case, spaces and marks.
pub fn fold(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        text.extend(letters.map(|letter| char::from(letter.to_ascii_lowercase())));
    } else {
        text.extend(folded(name));
    }
    text
}

/// How a name is spelled in an address: without the marks of its letters, and with a second letter instead as in
/// German and the Scandinavian languages. Folded like [`fold`].
pub fn in_address(name: &str) -> [String; 2] {
    [any_ascii(name), name.chars().map(in_ascii).collect()].map(|spelled| fold(&spelled))
}

/// A letter in ASCII, with a second one instead of its marks.
pub fn in_ascii(letter: char) -> Cow<'static, str> {
    match lower(letter) {
        'ä' | 'æ' => "ae".into(),
        'ö' | 'ø' => "oe".into(),
        'ü' => "ue".into(),
        'å' => "aa".into(),
        _ => any_ascii_char(letter).into(),
    }
}

/// Whether two names are the same once they are folded.
pub fn is_same(a: &str, b: &str) -> bool {
    folded(a).eq(folded(b))
}

/// The characters of [`fold`].
#[inline]
pub(super) fn folded(name: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    name.chars().filter(|c| is_letter(*c)).map(lower)
}

/// Whether a character is a letter or digit. Nearly all are ASCII.
#[inline]
fn is_letter(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_alphanumeric() } else { letter.is_alphanumeric() }
}

/// A letter in lower case. Nearly all are ASCII, for which Unicode's tables need not be asked.
#[inline]
pub(super) fn lower(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_name_in_ascii_is_folded_like_others(name in "[aAbÉé1İß -]{0,5}") {
            prop_assert_eq!(fold(&name), folded(&name).collect::<String>());
        }
    }
}
