//! Common misspellings: of no vendor, so the list is not a part of a profile.

use std::ops::Range;
use std::sync::LazyLock;

use super::Phrases;
use crate::searchable::Searchable;

/// One `misspelling: correction` on each line.
const LIST: &str = include_str!("../../schemas/typos.yaml");

/// Shorter words in uppercase are codes and abbreviations.
const SHORTEST_SHOUTED: usize = 6;

/// The misspellings, and the correction of each.
static TYPOS: LazyLock<(Phrases, Vec<&'static str>)> = LazyLock::new(|| {
    // The list is YAML of one flat form (a test reads it as YAML too), so its lines are its entries.
    let entries = LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let (wrong, right): (Vec<String>, Vec<&str>) = entries.map(|(wrong, right)| (wrong.to_owned(), right)).unzip();
    (Phrases::from(wrong), right)
});

/// The known misspellings in a text, in order, and what was meant; an uppercase letter at the start is kept.
///
/// A longer word in uppercase keeps its case; a word with other uppercase letters is a name and not a misspelling.
pub fn find_in<'a>(text: &'a Searchable<'_>) -> impl Iterator<Item = (Range<usize>, String)> + 'a {
    let (typos, corrections) = &*TYPOS;
    typos.find_in(text).into_iter().filter_map(|(index, range)| {
        let word = &text.text()[range.clone()];
        if word.len() >= SHORTEST_SHOUTED && word.chars().all(char::is_uppercase) {
            return Some((range, corrections[index].to_uppercase()));
        }
        let mut letters = word.chars();
        let capital = letters.next()?.is_uppercase();
        let correct = corrections[index];
        let name = letters.any(char::is_uppercase);
        let meant = if capital { correct[..1].to_uppercase() + &correct[1..] } else { correct.to_owned() };
        (!name).then_some((range, meant))
    })
}
