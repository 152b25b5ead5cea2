//! Text prepared for the search of phrases: its words, and where those with a given hash begin.
//!
//! A page is searched for some twenty sets of phrases. Its words are hashed once, in lower case, and put
//! into a table; a set then asks the table for the few words that its phrases are found by, and looks at
//! the words around them before it looks at letters.

mod runs;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

pub use runs::WordRuns;

/// Where a word (a run of letters and digits) begins, and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStart {
    /// Bytes from the start of the text.
    pub start: u32,
    /// The same for words that differ in the case of ASCII letters only.
    pub hash: u32,
}

/// The words of a text, in order and by their hashes.
#[derive(Debug)]
pub struct WordIndex {
    words: Vec<WordStart>,
    /// The last word of each hash, counted from one. A text has far fewer words that differ than words.
    last: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    /// For each word the one before it with the same hash, counted from one; zero for none.
    previous: Vec<u32>,
}

/// Spreads a hash of 32 bits over 64, by the golden ratio (Knuth, The Art of Computer Programming, section 6.4). A
/// table takes its place from the lowest bits, which are the least mixed ones, so the highest ones go there.
#[derive(Debug, Clone, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// About so many different words has a page.
const USUAL: usize = 512;

impl WordIndex {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let words = starts_of_words(text);
        let mut last = HashMap::with_capacity_and_hasher(words.len().min(USUAL), BuildHasherDefault::default());
        let previous = words.iter().zip(1..).map(|(word, count)| last.insert(word.hash, count).unwrap_or_default());
        let previous = previous.collect();
        Self { words, last, previous }
    }

    pub fn words(&self) -> &[WordStart] {
        &self.words
    }

    /// The places among the words of those that begin in a range of bytes.
    fn places_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|word| (word.start as usize) < range.start);
        let count = self.words[first..].partition_point(|word| (word.start as usize) < range.end);
        first..first + count
    }

    /// The places of the words that may be the same as one of the `distance` words before them: of all that
    /// are, and of few others.
    pub fn repeated(&self, distance: u32) -> impl Iterator<Item = usize> + '_ {
        let near = (0..).zip(&self.previous).filter(move |(at, previous)| *previous + distance > *at);
        near.map(|(at, _): (u32, _)| at as usize)
    }

    /// Where the words with this hash begin, the last one first.
    pub fn starts_of(&self, hash: u32) -> impl Iterator<Item = usize> + '_ {
        self.places_of(hash).map(|place| self.words[place].start as usize)
    }

    /// The places among the words of those with this hash, the last one first.
    fn places_of(&self, hash: u32) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.last.get(&hash).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let place = (next as usize).checked_sub(1)?;
            next = self.previous[place];
            Some(place)
        })
    }
}

/// A text, or a part of one whose words are known.
#[derive(Debug, Clone)]
pub struct Searchable<'a> {
    text: &'a str,
    known: Option<Known<'a>>,
}

/// What is known of the words of a part of a text.
#[derive(Debug, Clone)]
struct Known<'a> {
    /// The words of the whole text ...
    index: &'a WordIndex,
    /// ... and where among them those of the part are.
    places: Range<usize>,
    /// Where the part begins in the text.
    base: usize,
}

impl<'a> Searchable<'a> {
    /// A text that is not searched often enough to know its words.
    pub fn new(text: &'a str) -> Self {
        Self { text, known: None }
    }

    /// The text that has the words `index`.
    pub fn with_words(text: &'a str, index: &'a WordIndex) -> Self {
        Self { text, known: Some(Known { index, places: 0..index.words.len(), base: 0 }) }
    }

    /// A part of the text.
    ///
    /// # Panics
    /// If `range` is out of bounds or cuts a character, as for slices.
    #[must_use]
    pub fn within(&self, range: Range<usize>) -> Self {
        let known = self.known.as_ref().map(|Known { index, base, .. }| {
            let (start, end) = (base + range.start, base + range.end);
            Known { index, places: index.places_in(&(start..end)), base: start }
        });
        Self { text: &self.text[range], known }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Calls `found` with the byte where a run of words begins and which one of `wanted` it is, in no
    /// particular order.
    pub fn find(&self, wanted: &WordRuns, mut found: impl FnMut(usize, usize)) {
        let Some(Known { index, places, base }) = &self.known else {
            let words = starts_of_words(self.text);
            for (place, word) in words.iter().enumerate() {
                wanted.around(&words, place, wanted.with_key(word.hash), &mut found);
            }
            return;
        };
        let words = &index.words[places.clone()];
        // What is fewer is gone through, and the others are asked for each. The places of a word are those in the
        // whole text: of a part of it there must not be many elsewhere.
        let is_whole = words.len() == index.words.len();
        let near = || wanted.keys.iter().flat_map(|hash| index.places_of(*hash)).nth(words.len()).is_none();
        if wanted.keys.len() < words.len() && (is_whole || near()) {
            for (key, hash) in wanted.keys.iter().enumerate() {
                for place in index.places_of(*hash).filter(|place| places.contains(place)) {
                    let runs = wanted.of_key(key);
                    wanted.around(words, place - places.start, runs, |start, run| found(start - base, run));
                }
            }
        } else {
            for (place, word) in words.iter().enumerate() {
                wanted.around(words, place, wanted.with_key(word.hash), |start, run| found(start - base, run));
            }
        }
    }
}

fn starts_of_words(text: &str) -> Vec<WordStart> {
    // About six bytes a word in prose.
    let mut words = Vec::with_capacity(text.len() / 5);
    for (range, hash) in words_of(text) {
        words.push(WordStart { start: range.start as u32, hash });
    }
    words
}

/// The words of a text in order, where each is and its hash.
pub fn words_of(text: &str) -> impl Iterator<Item = (Range<usize>, u32)> + '_ {
    let mut following = 0;
    std::iter::from_fn(move || {
        let (word, hash) = next_word(text, following)?;
        following = word.end;
        Some((word, hash))
    })
}

/// The first word that begins at `at` or after it.
#[inline]
fn next_word(text: &str, mut at: usize) -> Option<(Range<usize>, u32)> {
    let bytes = text.as_bytes();
    let begins = |at: usize, byte: u8| LETTERS[usize::from(byte)] != 0 || !byte.is_ascii() && is_letter(text, at);
    while !begins(at, *bytes.get(at)?) {
        at += 1;
    }
    let (start, mut hash) = (at, 0);
    while let Some(byte) = bytes.get(at) {
        let mut letter = LETTERS[usize::from(*byte)];
        if letter == 0 {
            // The later bytes of a character belong where its first one does.
            if byte.is_ascii() || text.is_char_boundary(at) && !is_letter(text, at) {
                break;
            }
            letter = *byte;
        }
        hash = hash_with(hash, letter.into());
        at += 1;
    }
    Some((start..at, hash))
}

/// Whether a letter or digit begins at `at`: asked for the few that are not ASCII.
#[cold]
fn is_letter(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// For each byte that is an ASCII letter or digit what it is in lower case; zero for others.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut at = 0;
    while at < letters.len() {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            letters[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    letters
};

/// The hash of a word, as that of its places in a text; zero for other texts.
pub fn hash_of(word: &str) -> u32 {
    words_of(word).next().map_or(0, |(_, hash)| hash)
}

/// One step of a multiplicative hash.
fn hash_with(hash: u32, next: u32) -> u32 {
    (hash.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b1)
}
