//! Words that most guides have, and which of them a misspelled one can only mean.

mod words;

use std::sync::LazyLock;

use crate::nearest::is_one_slip;
use words::{FREQUENT, OTHERS};

/// The words that most guides have, by their first and last letters.
static BY_LETTERS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let mut words = vec![Vec::new(); 26 * 26];
    for word in FREQUENT {
        let bytes = word.as_bytes();
        words[bucket(bytes[0], bytes[bytes.len() - 1])].push(*word);
    }
    words
});

/// Where the words with these first and last letters are, which are lowercase.
fn bucket(first: u8, last: u8) -> usize {
    usize::from(first - b'a') * 26 + usize::from(last - b'a')
}

/// The shortest word that is compared with them: one letter may be missing.
pub const SHORTEST_SLIP: usize = 5;

/// The word that most guides have, for one that is a slip from it, in the same letter case.
pub fn meant_word(word: &str) -> Option<String> {
    if word.len() < SHORTEST_SLIP || !word.bytes().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    // Words with uppercase letters inside are names.
    if word.bytes().skip(1).any(|c| c.is_ascii_uppercase()) {
        return None;
    }
    let meant = frequent(word)?;
    let is_first = word.starts_with(|c: char| c.is_ascii_uppercase());
    Some(if is_first { meant[..1].to_uppercase() + &meant[1..] } else { meant.to_owned() })
}

/// The word that most guides have and that a word is but for one slip: inside, or of its last two letters. The word has
/// ASCII letters, in lowercase after the first one.
pub fn frequent(word: &str) -> Option<&'static str> {
    let &[first, .., before_last, last] = word.as_bytes() else { return None };
    let (first, rest) = (first.to_ascii_lowercase(), &word[1..]);
    // "accoutn"
    let is_turned = |known: &&&str| {
        let (stem, end) = known.as_bytes()[1..].split_at(known.len() - 3);
        known.len() == word.len() && end == [last, before_last] && rest.as_bytes().starts_with(stem)
    };
    // They have the same first letter.
    let inside = BY_LETTERS[bucket(first, last)].iter().find(|known| is_slip(rest, &known[1..]));
    let meant = inside.or_else(|| BY_LETTERS[bucket(first, before_last)].iter().find(is_turned))?;
    let is_other = || OTHERS.iter().any(|other| other.as_bytes()[0] == first && other[1..] == *rest);
    (meant[1..] != *rest && !is_other()).then_some(meant)
}

/// Whether two words differ by one slip, and not by the way in which a language writes them: `authorise`, `dokument`.
fn is_slip(word: &str, known: &str) -> bool {
    let is_spelling = |(one, other): (u8, u8)| matches!((one, other), (b's', b'z') | (b'z', b's') | (b'k', b'c'));
    let mut differing = word.bytes().zip(known.bytes()).filter(|(one, other)| one != other);
    word.len().abs_diff(known.len()) <= 1
        && is_one_slip(word, known)
        && !(word.len() == known.len() && differing.next().is_some_and(is_spelling) && differing.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_most_guides_have_are_no_slips_of_each_other() {
        for word in FREQUENT {
            assert!(word.len() > SHORTEST_SLIP, "{word}");
            let others = FREQUENT.iter().filter(|other| {
                other.as_bytes()[0] == word.as_bytes()[0]
                    && other.ends_with(&word[word.len() - 1..])
                    && is_slip(word, other)
            });
            assert_eq!(others.count(), 0, "{word}");
        }
    }
}
