//! Sets of phrases that are searched for all at once.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;

use crate::searchable::{Searchable, WordStart, filter_bit, words};

/// Bits for each phrase of the filter that tells most words from those that a phrase is found by.
const FILTER_BITS: usize = 32;

/// Phrases, found whole: not inside a longer word. Upper and lower case do not matter.
///
/// Each phrase is found by its longest word, which few words of a text are.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    texts: Vec<String>,
    /// In the order of their hashes.
    anchors: Vec<Anchor>,
    /// A power of two words of 64 bits.
    filter: Vec<u64>,
    /// Phrases without a letter or digit to be found by.
    wordless: Vec<usize>,
}

/// The word by which a phrase is found.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    hash: u32,
    /// Index into the phrases.
    phrase: u32,
    /// Bytes of the phrase before the word.
    before: u32,
}

impl Default for Phrases {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let (mut anchors, mut wordless) = (Vec::new(), Vec::new());
        for (index, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| !phrase.is_empty()) {
            match longest_word(phrase) {
                Some((before, hash)) => anchors.push(Anchor { hash, phrase: index as u32, before }),
                None => wordless.push(index),
            }
        }
        anchors.sort_unstable_by_key(|anchor| anchor.hash);
        let mut filter = vec![0; (anchors.len() * FILTER_BITS / 64).next_power_of_two()];
        for anchor in &anchors {
            let (word, bit) = filter_bit(anchor.hash, filter.len());
            filter[word] |= bit;
        }
        Self { texts: phrases, anchors, filter, wordless }
    }
}

impl Phrases {
    /// The phrases as written in the profile.
    pub fn as_slice(&self) -> &[String] {
        &self.texts
    }

    /// Whether one of the phrases stands in `text`.
    pub fn is_in(&self, text: &Searchable<'_>) -> bool {
        self.all_in(text).next().is_some()
    }

    /// The first place of a phrase in `text`.
    pub fn first_in(&self, text: &Searchable<'_>) -> Option<Range<usize>> {
        self.find_in(text).into_iter().next().map(|(_, range)| range)
    }

    /// The places of the phrases in `text` and which one it is, in order; the longest where several
    /// start, the first of those that overlap.
    pub fn find_in(&self, text: &Searchable<'_>) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<_> = self.all_in(text).collect();
        drop_overlapping(&mut found, |(_, range)| range);
        found
    }

    /// All places of all phrases, overlapping ones too, in no particular order.
    pub(super) fn all_in(&self, text: &Searchable<'_>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let whole = text.text();
        let any = text.may_have_any(self.anchors.iter().map(|anchor| anchor.hash));
        let words = any.then(|| text.words()).into_iter().flatten();
        let possible = words.filter(|(_, hash)| {
            let (word, bit) = filter_bit(*hash, self.filter.len());
            self.filter[word] & bit != 0
        });
        let by_words = possible.flat_map(move |(at, hash)| {
            let first = self.anchors.partition_point(|anchor| anchor.hash < hash);
            let anchors = self.anchors[first..].iter().take_while(move |anchor| anchor.hash == hash);
            anchors.filter_map(move |anchor| {
                let phrase = &self.texts[anchor.phrase as usize];
                let start = at.checked_sub(anchor.before as usize)?;
                let range = start..start + phrase.len();
                let same = whole.get(range.clone())?.eq_ignore_ascii_case(phrase);
                (same && is_whole(whole, range.clone())).then_some((anchor.phrase as usize, range))
            })
        });
        let wordless = self.wordless.iter().flat_map(move |index| {
            let phrase = &self.texts[*index];
            whole.match_indices(phrase.as_str()).map(|(start, _)| (*index, start..start + phrase.len()))
        });
        by_words.chain(wordless)
    }
}

/// Puts places in order and keeps, of overlapping ones, the first, and of those that start together
/// the longest.
pub(super) fn drop_overlapping<T>(found: &mut Vec<T>, range: impl Fn(&T) -> &Range<usize>) {
    found.sort_by_key(|one| (range(one).start, std::cmp::Reverse(range(one).end)));
    let mut end = 0;
    found.retain(|one| {
        let free = range(one).start >= end;
        if free {
            end = range(one).end;
        }
        free
    });
}

/// The longest word of a phrase, the first of several: bytes before it and its hash.
fn longest_word(phrase: &str) -> Option<(u32, u32)> {
    let words = words(phrase);
    let length =
        |word: &WordStart| phrase[word.start as usize..].split(|c: char| !c.is_alphanumeric()).next().map(str::len);
    let longest = words.iter().rev().max_by_key(|word| length(word));
    longest.map(|word| (word.start, word.hash))
}

/// Whether `range` neither begins nor ends inside a word.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let first = text[range.clone()].chars().next();
    let last = text[range].chars().next_back();
    let joined =
        |a: Option<char>, b: Option<char>| a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric);
    !joined(before, first) && !joined(last, after)
}

/// Names that are compared with whole texts, by their letters and digits only.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Names {
    folded: BTreeSet<String>,
}

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        Self { folded: names.iter().map(|name| fold(name)).collect() }
    }
}

impl Names {
    /// Whether `text` is one of the names.
    pub fn contains(&self, text: &str) -> bool {
        self.folded.contains(&fold(text))
    }
}

/// Letters and digits in lower case: how names are compared that differ in case, spaces and marks.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().filter(|c| c.is_alphanumeric()) {
        if letter.is_ascii() { folded.push(letter.to_ascii_lowercase()) } else { folded.extend(letter.to_lowercase()) }
    }
    folded
}
