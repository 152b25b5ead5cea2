//! Words that are confused with others.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::searchable::WordRuns;

/// A word that is wrong between others: "the key form the page". Empty lists are any word, and an empty word is the start
/// of a clause.
pub(super) struct Confusion {
    pub(super) wrong: &'static str,
    pub(super) meant: &'static str,
    pub(super) before: Vec<&'static str>,
    pub(super) after: Vec<&'static str>,
    /// What the word before `before` must be one of.
    pub(super) first: Vec<&'static str>,
    /// What a name after it may be.
    pub(super) name: Name,
    /// Words with which it is right: one of the two before the word before it.
    pub(super) never_after: Vec<&'static str>,
}

/// What a name, a word that begins in uppercase, may be after a wrong word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Nothing special.
    Other,
    /// It takes the place of the word after: "the key form Acme".
    Follows,
    /// It is before the word after: "in you Acme account".
    Between,
}

/// Words that are confused with others, each between words that only the other one can be between.
pub(super) static CONFUSIONS: LazyLock<Vec<Confusion>> =
    LazyLock::new(|| include_str!("confusions.txt").lines().filter_map(read).collect());

/// The letters before their apostrophes, by which they are looked up.
pub(super) static CONFUSED: LazyLock<WordRuns> = LazyLock::new(|| {
    let first_letters = CONFUSIONS.iter().map(|confusion| confusion.wrong.split('\'').next().unwrap_or_default());
    WordRuns::of(&first_letters.collect::<Vec<_>>())
});

fn read(line: &'static str) -> Option<Confusion> {
    let mut parts = line.split('|').map(str::trim);
    let (wrong, meant) = parts.next()?.split_once(" > ").filter(|_| !line.starts_with('#'))?;
    let mut words = || parts.next().unwrap_or_default().split_whitespace().flat_map(listed).collect::<Vec<_>>();
    let [before, after, first, name, never_after] = [words(), words(), words(), words(), words()];
    let name = match name.as_slice() {
        ["follows"] => Name::Follows,
        ["between"] => Name::Between,
        _ => Name::Other,
    };
    Some(Confusion { wrong, meant, before, after, first, name, never_after })
}

/// The lists of words by their names.
static LISTS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| include_str!("confusions.txt").lines().filter_map(|line| line.split_once(" = ")).collect());

/// The words of a list, or a word itself.
pub(super) fn listed(word: &'static str) -> impl Iterator<Item = &'static str> {
    let words = LISTS.get(word).copied().unwrap_or(word);
    words.split(' ').map(|word| if word == "^" { "" } else { word })
}
