//! Sets of phrases that are searched for all at once.

use std::ops::Range;

use serde::Deserialize;

use crate::searchable::{Searchable, WordRuns};
use crate::source::drop_overlapping;

/// Phrases, found whole: not inside a longer word. Upper and lower case do not matter.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    texts: Vec<String>,
    /// The words of each phrase.
    words: WordRuns,
    /// For each phrase the bytes before its first word.
    before: Vec<usize>,
    /// Phrases without a letter or digit to be found by.
    wordless: Vec<usize>,
    /// Bytes of the longest phrase.
    longest: usize,
}

impl Default for Phrases {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let before: Vec<usize> = phrases.iter().map(|text| start_of_words(text)).collect();
        let wordless = |phrase: &usize| !phrases[*phrase].is_empty() && before[*phrase] == phrases[*phrase].len();
        let wordless = (0..phrases.len()).filter(wordless).collect();
        let longest = phrases.iter().map(String::len).max().unwrap_or_default();
        Self { words: WordRuns::of(&phrases), texts: phrases, before, wordless, longest }
    }
}

impl Phrases {
    /// The phrases as written in the profile.
    pub fn as_slice(&self) -> &[String] {
        &self.texts
    }

    /// Whether one of the phrases is in `text`.
    pub fn is_in(&self, text: &Searchable<'_>) -> bool {
        !self.all_in(text).is_empty()
    }

    /// The first place of a phrase in `text`.
    pub fn first_in(&self, text: &Searchable<'_>) -> Option<Range<usize>> {
        self.find_in(text).into_iter().next().map(|(_, range)| range)
    }

    /// The places of the phrases in `text` and which one it is, in order; the longest where several
    /// start, the first of those that overlap.
    pub fn find_in(&self, text: &Searchable<'_>) -> Vec<(usize, Range<usize>)> {
        let mut found = self.all_in(text);
        drop_overlapping(&mut found, |(_, range)| range);
        found
    }

    /// The places of the phrases in `text`, to be asked for its parts.
    pub fn places_in(&self, text: &Searchable<'_>) -> Places {
        Places(self.find_in(text).into_iter().map(|(_, range)| range).collect())
    }

    /// Whether a place of one of the phrases holds all of `range`.
    pub(super) fn cover(&self, text: &Searchable<'_>, range: &Range<usize>) -> bool {
        let whole = text.text();
        // A phrase is as long as what it is found in. One more character determines whether it is part of a word.
        let start = range.end.saturating_sub(self.longest).min(range.start).saturating_sub(1);
        let end = (range.start + self.longest).max(range.end).saturating_add(1);
        let near = whole.floor_char_boundary(start)..whole.ceil_char_boundary(end);
        let covers =
            |place: &Range<usize>| near.start + place.start <= range.start && range.end <= near.start + place.end;
        self.all_in(&text.within(near.clone())).iter().any(|(_, place)| covers(place))
    }

    /// All places of all phrases, overlapping ones too, in no particular order.
    pub(super) fn all_in(&self, text: &Searchable<'_>) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        text.find(&self.words, |at, phrase| found.extend(self.place(phrase, at, text.text())));
        for phrase in &self.wordless {
            let places = text.text().match_indices(&self.texts[*phrase]);
            found.extend(places.map(|(start, written)| (*phrase, start..start + written.len())));
        }
        found
    }

    /// The phrase whose first word is at `at`, if all of it is there.
    fn place(&self, phrase: usize, at: usize, text: &str) -> Option<(usize, Range<usize>)> {
        let written = &self.texts[phrase];
        let start = at.checked_sub(self.before[phrase])?;
        let range = start..start + written.len();
        let same = text.as_bytes().get(range.clone())?.eq_ignore_ascii_case(written.as_bytes());
        (same && is_whole(text, range.clone())).then_some((phrase, range))
    }
}

/// The places of phrases in a text, in order; none overlaps another.
#[derive(Debug)]
pub struct Places(Vec<Range<usize>>);

impl Places {
    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those in a part of the text.
    pub fn within(&self, part: &Range<usize>) -> &[Range<usize>] {
        let first = self.0.partition_point(|place| place.start < part.start);
        let count = self.0[first..].partition_point(|place| place.end <= part.end);
        &self.0[first..first + count]
    }

    /// Whether one is in a part of the text.
    pub fn any_within(&self, part: &Range<usize>) -> bool {
        !self.within(part).is_empty()
    }
}

/// Where the first word of a phrase begins: at its end if it has none.
fn start_of_words(phrase: &str) -> usize {
    phrase.find(char::is_alphanumeric).unwrap_or(phrase.len())
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::searchable::WordIndex;

    /// Few letters, so that words are often the same, and what is around words.
    fn texts() -> impl Strategy<Value = String> {
        let parts = ["a", "B", "b", "ab", "é", "É", "1", " ", "  ", "-", ".", "\n", "\u{301}", "🔑"];
        let part = proptest::sample::select(parts.to_vec());
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    /// The places of all phrases, each compared with the text at each character.
    fn everywhere(phrases: &[String], text: &str) -> Vec<(usize, Range<usize>)> {
        let starts = || text.char_indices().map(|(at, _)| at);
        let places = phrases.iter().enumerate().flat_map(|(which, phrase)| {
            let range = |start: usize| start..start + phrase.len();
            let is_there = |range: &Range<usize>| {
                let written = text.get(range.clone());
                written.is_some_and(|written| written.eq_ignore_ascii_case(phrase)) && is_whole(text, range.clone())
            };
            starts().map(range).filter(is_there).map(move |range| (which, range)).collect::<Vec<_>>()
        });
        let mut found: Vec<_> = places.collect();
        found.sort_by_key(|(which, range)| (range.start, *which));
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn phrases_are_found_wherever_they_are(
            words in proptest::collection::vec(texts().prop_filter("a word", |text| start_of_words(text) < text.len()), 0..6), text in texts(), start in 0..24_usize, end in 0..48_usize
        ) {
            let phrases = Phrases::from(words.clone());
            let sorted = |text: &Searchable<'_>| {
                let mut found = phrases.all_in(text);
                found.sort_by_key(|(which, range)| (range.start, *which));
                found
            };
            let wanted = everywhere(&words, &text);
            prop_assert_eq!(&sorted(&Searchable::new(&text)), &wanted);
            let index = WordIndex::of(&text);
            let whole = Searchable::with_words(&text, &index);
            prop_assert_eq!(&sorted(&whole), &wanted);
            // A part that begins and ends between words.
            let is_edge = |at: usize| text.is_char_boundary(at) && is_whole(&text, at..at.max(text.len()));
            if start <= end && end <= text.len() && is_edge(start) && text.is_char_boundary(end) && is_whole(&text, 0..end) {
                let part = &text[start..end];
                prop_assert_eq!(sorted(&whole.within(start..end)), everywhere(&words, part));
            }
        }
    }
}
