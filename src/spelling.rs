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
    let first = first.to_ascii_lowercase();
    let mut inside =
        BY_LETTERS[bucket(first, last)].iter().filter(|known| known.len().abs_diff(word.len()) <= 1).peekable();
    // "accoutn"
    let is_turned = |known: &&&str| {
        let stem = word.len() - 2;
        known.len() == word.len()
            && known.as_bytes()[stem..] == [last, before_last]
            && known.as_bytes()[..stem].eq_ignore_ascii_case(&word.as_bytes()[..stem])
    };
    let turned = BY_LETTERS[bucket(first, before_last)].iter().find(is_turned);
    // Most words are like none, and are not copied.
    if inside.peek().is_none() && turned.is_none() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let meant = inside.find(|known| is_slip(&lower, known)).or(turned).copied()?;
    (meant != lower && !OTHERS.contains(&lower.as_str())).then_some(meant)
}

/// Whether two words differ by one slip, and not by the way in which a language writes them: `authorise`, `dokument`.
fn is_slip(word: &str, known: &str) -> bool {
    let is_spelling = |(one, other): (u8, u8)| matches!((one, other), (b's', b'z') | (b'z', b's') | (b'k', b'c'));
    let mut differing = word.bytes().zip(known.bytes()).filter(|(one, other)| one != other);
    is_one_slip(word, known)
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
