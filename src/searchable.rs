//! Text prepared for the search of phrases: its words, and where those with a given hash begin.
//!
//! A page is searched for some twenty sets of phrases. Its words are hashed once, in lower case, and put
//! into a table; a set then asks the table for the few words that its phrases are found by.

use std::ops::Range;

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
    /// For each slot the last of the words in it, counted from one; zero for none.
    slots: Vec<u32>,
    /// For each word the one before it in its slot, in the same way.
    previous: Vec<u32>,
}

impl WordIndex {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        // About six bytes a word in prose.
        let mut words = Vec::with_capacity(text.len() / 5);
        words.extend(words_of(text).map(|(range, hash)| WordStart { start: range.start as u32, hash }));
        let mut slots = vec![0; words.len().next_power_of_two()];
        let previous = words.iter().zip(1..).map(|(word, count)| {
            let slot = slot_of(word.hash, slots.len());
            std::mem::replace(&mut slots[slot], count)
        });
        let previous = previous.collect();
        Self { words, slots, previous }
    }

    /// The words, in order.
    pub fn words(&self) -> &[WordStart] {
        &self.words
    }

    /// The words that begin in a range of bytes.
    pub fn words_in(&self, range: &Range<usize>) -> &[WordStart] {
        let first = self.words.partition_point(|word| (word.start as usize) < range.start);
        let count = self.words[first..].partition_point(|word| (word.start as usize) < range.end);
        &self.words[first..first + count]
    }

    /// The places of the words that may be the same as one of the `distance` words before them: of all that
    /// are, and of few others.
    pub fn repeated(&self, distance: u32) -> impl Iterator<Item = usize> + '_ {
        let near = (0..).zip(&self.previous).filter(move |(at, previous)| *previous + distance > *at);
        near.map(|(at, _): (u32, _)| at as usize)
    }

    /// Where the words with this hash begin, the last one first.
    pub fn starts_of(&self, hash: u32) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.slots[slot_of(hash, self.slots.len())];
        let in_slot = std::iter::from_fn(move || {
            let index = (next as usize).checked_sub(1)?;
            next = self.previous[index];
            Some(self.words[index])
        });
        in_slot.filter(move |word| word.hash == hash).map(|word| word.start as usize)
    }
}

/// The slot of a hash in a table of `length` slots, a power of two.
fn slot_of(hash: u32, length: usize) -> usize {
    // The lowest bits of a multiplicative hash are the least mixed ones.
    (hash >> 8) as usize & (length - 1)
}

/// Words that are searched for together.
#[derive(Debug)]
pub struct WordSet {
    /// In order.
    hashes: Vec<u32>,
    /// Tells most words from these: a bit for the slot of each, in a power of two words of 64 bits.
    filter: Vec<u64>,
}

/// Bits of the filter for each word of a set.
const FILTER_BITS: usize = 32;

impl WordSet {
    /// The words with these hashes, which are in order.
    pub fn new(hashes: Vec<u32>) -> Self {
        let mut filter = vec![0; (hashes.len() * FILTER_BITS / 64).next_power_of_two()];
        for hash in &hashes {
            let bit = slot_of(*hash, filter.len() * 64);
            filter[bit / 64] |= 1 << (bit % 64);
        }
        Self { hashes, filter }
    }

    /// Which of the words have this hash. Nearly always there is none.
    #[inline]
    fn with_hash(&self, hash: u32) -> Range<usize> {
        let bit = slot_of(hash, self.filter.len() * 64);
        if self.filter[bit / 64] & 1 << (bit % 64) == 0 { 0..0 } else { self.look_up(hash) }
    }

    fn look_up(&self, hash: u32) -> Range<usize> {
        let first = self.hashes.partition_point(|own| *own < hash);
        first..first + self.hashes[first..].iter().take_while(|own| **own == hash).count()
    }
}

/// A text, or a part of one whose words are known.
#[derive(Debug, Clone, Copy)]
pub struct Searchable<'a> {
    text: &'a str,
    /// The words of the text that this is a part of, and where it begins there.
    known: Option<(&'a WordIndex, usize)>,
}

impl<'a> Searchable<'a> {
    /// A text that is not searched often enough to know its words.
    pub fn new(text: &'a str) -> Self {
        Self { text, known: None }
    }

    /// The bytes `range` of the text that has the words `words`.
    ///
    /// # Panics
    /// If `range` is out of bounds or cuts a character, as for slices.
    pub fn part(text: &'a str, words: &'a WordIndex, range: Range<usize>) -> Self {
        Self { text: &text[range.clone()], known: Some((words, range.start)) }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Calls `found` with the byte where a word of the text begins and the place in `wanted` of each word
    /// that has its hash, in no particular order.
    pub fn find(&self, wanted: &WordSet, mut found: impl FnMut(usize, usize)) {
        let Some((words, base)) = self.known else {
            for (range, hash) in words_of(self.text) {
                wanted.with_hash(hash).for_each(|which| found(range.start, which));
            }
            return;
        };
        let part = base..base + self.text.len();
        // What is fewer is gone through, and the others are asked for each.
        if wanted.hashes.len() < words.words.len() {
            for (which, hash) in wanted.hashes.iter().enumerate() {
                let starts = words.starts_of(*hash).filter(|start| part.contains(start));
                starts.for_each(|start| found(start - base, which));
            }
        } else {
            for word in words.words_in(&part) {
                wanted.with_hash(word.hash).for_each(|which| found(word.start as usize - base, which));
            }
        }
    }
}

/// The words of a text in order, where each stands and its hash.
pub fn words_of(text: &str) -> impl Iterator<Item = (Range<usize>, u32)> + '_ {
    let mut behind = 0;
    std::iter::from_fn(move || {
        let (word, hash) = next_word(text, behind)?;
        behind = word.end;
        Some((word, hash))
    })
}

/// The first word that begins at `at` or behind it.
fn next_word(text: &str, mut at: usize) -> Option<(Range<usize>, u32)> {
    let bytes = text.as_bytes();
    let begins = |at: usize, letter: u8| letter != 0 && (letter < 0x80 || is_letter(text, at));
    while !begins(at, LETTERS[*bytes.get(at)? as usize]) {
        at += 1;
    }
    let (start, mut hash) = (at, 0);
    while let Some(byte) = bytes.get(at) {
        let letter = LETTERS[*byte as usize];
        // The later bytes of a character belong where its first one does.
        if letter == 0 || letter >= 0xc0 && !is_letter(text, at) {
            break;
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

/// For each byte what it is in a word: an ASCII letter in lower case, a digit, a byte of another
/// character; zero for what is in none.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut at = 0;
    while at < letters.len() {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
            letters[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    letters
};

/// The hash of a word.
pub fn hash_of(word: &str) -> u32 {
    word.bytes().fold(0, |hash, byte| hash_with(hash, LETTERS[byte as usize].into()))
}

/// One step of a multiplicative hash.
pub(crate) fn hash_with(hash: u32, next: u32) -> u32 {
    (hash.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b1)
}
