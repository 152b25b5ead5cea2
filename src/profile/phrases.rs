//! Sets of phrases that are searched for all at once.

use std::ops::Range;

use serde::Deserialize;

use crate::searchable::{Searchable, WordSet, words_of};

/// Phrases, found whole: not inside a longer word. Upper and lower case do not matter.
///
/// Each phrase is found by its longest word, which few words of a text are.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    texts: Vec<String>,
    /// The words that phrases are found by.
    words: WordSet,
    /// For each of these words the phrase that is found by it.
    anchors: Vec<Anchor>,
    /// Phrases without a letter or digit to be found by.
    wordless: Vec<usize>,
}

/// What is found by a word.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// Index into the phrases.
    phrase: usize,
    /// Bytes of the phrase before the word.
    before: usize,
}

impl Default for Phrases {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let (mut found_by, mut wordless) = (Vec::new(), Vec::new());
        for (phrase, text) in phrases.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match longest_word(text) {
                Some((before, hash)) => found_by.push((hash, Anchor { phrase, before })),
                None => wordless.push(phrase),
            }
        }
        found_by.sort_by_key(|(hash, _)| *hash);
        let (hashes, anchors) = found_by.into_iter().unzip();
        Self { texts: phrases, words: WordSet::new(hashes), anchors, wordless }
    }
}

impl Phrases {
    /// The phrases as written in the profile.
    pub fn as_slice(&self) -> &[String] {
        &self.texts
    }

    /// Whether one of the phrases stands in `text`.
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

    /// All places of all phrases, overlapping ones too, in no particular order.
    pub(super) fn all_in(&self, text: &Searchable<'_>) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        text.find(&self.words, |at, word| {
            if let Some(place) = self.anchored(self.anchors[word], at, text.text()) {
                found.push(place);
            }
        });
        for phrase in &self.wordless {
            let places = text.text().match_indices(&self.texts[*phrase]);
            found.extend(places.map(|(start, written)| (*phrase, start..start + written.len())));
        }
        found
    }

    /// The phrase that is found by the word at `at`, if it stands there.
    fn anchored(&self, anchor: Anchor, at: usize, text: &str) -> Option<(usize, Range<usize>)> {
        let phrase = &self.texts[anchor.phrase];
        let start = at.checked_sub(anchor.before)?;
        let range = start..start + phrase.len();
        let same = text.as_bytes().get(range.clone())?.eq_ignore_ascii_case(phrase.as_bytes());
        (same && is_whole(text, range.clone())).then_some((anchor.phrase, range))
    }
}

/// The places of phrases in a text, in order; none overlaps another.
#[derive(Debug)]
pub struct Places(Vec<Range<usize>>);

impl Places {
    /// Whether there is none.
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
fn longest_word(phrase: &str) -> Option<(usize, u32)> {
    let longest = words_of(phrase).max_by_key(|(range, _)| (range.len(), std::cmp::Reverse(range.start)));
    longest.map(|(range, hash)| (range.start, hash))
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
