//! Names that are compared with whole texts, by their letters and digits only.

use any_ascii::any_ascii;
use serde::Deserialize;

use crate::searchable::hash_with;

/// Names to look texts up in.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Names {
    names: NameMap<()>,
}

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        Self { names: names.iter().map(|name| (name.as_str(), ())).collect() }
    }
}

impl Names {
    /// Whether `text` is one of the names.
    pub fn contains(&self, text: &str) -> bool {
        self.names.get(text).is_some()
    }
}

/// Names and what they stand for.
#[derive(Debug, Default)]
pub(super) struct NameMap<T> {
    /// With the hashes of the folded names, in their order.
    entries: Vec<(u32, String, T)>,
    /// Characters of the longest folded name: a longer text is not a name, and is read no further.
    longest: usize,
}

impl<'a, T> FromIterator<(&'a str, T)> for NameMap<T> {
    fn from_iter<I: IntoIterator<Item = (&'a str, T)>>(names: I) -> Self {
        let entry = |(name, value): (&str, T)| (hash_of(folded(name)), fold(name), value);
        let mut entries: Vec<_> = names.into_iter().map(entry).collect();
        entries.sort_by_key(|(hash, _, _)| *hash);
        let longest = entries.iter().map(|(_, name, _)| name.chars().count()).max().unwrap_or_default();
        Self { entries, longest }
    }
}

impl<T> NameMap<T> {
    /// What `name` stands for; of several that are equal the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let hash = self.hash_of(name)?;
        let after = self.entries.partition_point(|(own, _, _)| *own <= hash);
        let alike = self.entries[..after].iter().rev().take_while(|(own, _, _)| *own == hash);
        alike.into_iter().find(|(_, own, _)| folded(name).eq(own.chars())).map(|(_, _, value)| value)
    }
}

impl<T> NameMap<T> {
    /// The hash of a name once it is folded; `None` if it is longer than all that are known.
    fn hash_of(&self, name: &str) -> Option<u32> {
        let (mut hash, mut length) = (0, 0);
        let mut add = |letter: char| {
            length += 1;
            hash = hash_with(hash, letter.into());
            length <= self.longest
        };
        let fits = if name.is_ascii() {
            let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_lowercase().into()).all(&mut add)
        } else {
            folded(name).all(&mut add)
        };
        fits.then_some(hash)
    }
}

/// A hash of the characters of a folded name.
fn hash_of(folded: impl Iterator<Item = char>) -> u32 {
    folded.fold(0, |hash, letter| hash_with(hash, letter.into()))
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
    let mut long = String::with_capacity(name.len());
    for letter in name.chars() {
        match lower(letter) {
            'ä' | 'æ' => long.push_str("ae"),
            'ö' | 'ø' => long.push_str("oe"),
            'ü' => long.push_str("ue"),
            'å' => long.push_str("aa"),
            _ => long.push(letter),
        }
    }
    [any_ascii(name), any_ascii(&long)].map(|spelled| fold(&spelled))
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
        fn a_name_is_found_as_by_comparing_all(
            names in proptest::collection::vec("[aAbÉé1İß -]{0,4}", 0..8), name in "[aAbÉé1İß -]{0,5}"
        ) {
            let map: NameMap<usize> = names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
            let last = names.iter().rposition(|known| is_same(known, &name));
            prop_assert_eq!(map.get(&name).copied(), last);
            prop_assert_eq!(fold(&name), folded(&name).collect::<String>());
        }
    }
}
