//! Text prepared for the search of phrases: where its words begin, and a hash of each.
//!
//! A page is searched for some twenty sets of phrases. Its words are hashed once, in lower case; each
//! set then looks at a hash per word instead of at every byte again.

use std::borrow::Cow;
use std::ops::Range;

/// Where a word (a run of letters and digits) begins, and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordStart {
    /// Bytes from the start of the text.
    pub start: u32,
    /// The same for words that differ in the case of ASCII letters only.
    pub hash: u32,
}

/// A part of a text with its words.
#[derive(Debug, Clone)]
pub struct Searchable<'a> {
    text: &'a str,
    /// Where the part begins in the text that the words were counted in.
    base: usize,
    words: Cow<'a, [WordStart]>,
    /// What words there are at all, where that was counted.
    present: Option<&'a WordFilter>,
}

/// Which words a text may have: a hash that is not in it stands for no word of the text.
#[derive(Debug)]
pub struct WordFilter([u64; FILTER_WORDS]);

/// A page has some 200 different words: of the bits, one in 160 is set.
const FILTER_WORDS: usize = 512;

impl WordFilter {
    /// The filter of a text with these words.
    pub fn of(words: &[WordStart]) -> Self {
        let mut bits = [0; FILTER_WORDS];
        for word in words {
            let (index, bit) = filter_bit(word.hash, FILTER_WORDS);
            bits[index] |= bit;
        }
        Self(bits)
    }

    /// Whether a word with this hash may stand in the text.
    pub fn may_have(&self, hash: u32) -> bool {
        let (index, bit) = filter_bit(hash, FILTER_WORDS);
        self.0[index] & bit != 0
    }
}

/// Where a hash is noted in a filter of `length` words of 64 bits, a power of two.
pub(crate) fn filter_bit(hash: u32, length: usize) -> (usize, u64) {
    // The lowest bits of a multiplicative hash are the least mixed ones.
    let place = (hash >> 8) as usize;
    ((place / 64) & (length - 1), 1 << (place % 64))
}

impl<'a> Searchable<'a> {
    /// A text whose words were not counted yet.
    pub fn new(text: &'a str) -> Self {
        Self { text, base: 0, words: Cow::Owned(words(text)), present: None }
    }

    /// The bytes `range` of a text, with the words that begin there.
    ///
    /// # Panics
    /// If `range` is out of bounds or cuts a character, as for slices.
    pub fn part(text: &'a str, words: &'a [WordStart], range: Range<usize>) -> Self {
        Self { text: &text[range.clone()], base: range.start, words: Cow::Borrowed(words), present: None }
    }

    /// A whole text, its words and their filter: what it surely has not needs no search.
    pub fn whole(text: &'a str, words: &'a [WordStart], present: &'a WordFilter) -> Self {
        Self { text, base: 0, words: Cow::Borrowed(words), present: Some(present) }
    }

    /// Whether one of the words with these hashes may stand in the text, where that can be told faster
    /// than by looking at each word.
    pub fn may_have_any(&self, hashes: impl ExactSizeIterator<Item = u32>) -> bool {
        let present = self.present.filter(|_| hashes.len() < self.words.len());
        present.is_none_or(|present| hashes.into_iter().any(|hash| present.may_have(hash)))
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The hashes of the words, each with the byte of this part where its word begins.
    pub fn words(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.words.iter().map(|word| (word.start as usize - self.base, word.hash))
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<WordStart> {
    // About six bytes a word in prose.
    let mut words = Vec::with_capacity(text.len() / 5);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut hash = 0;
        while let Some(byte) = bytes.get(at)
            && is_in_word(text, start, at, *byte)
        {
            hash = add(hash, *byte);
            at += 1;
        }
        if at > start {
            words.push(WordStart { start: start as u32, hash });
        }
        at += 1;
    }
    words
}

/// Whether the byte at `at` belongs to the word that starts at `start`, or starts one there.
#[inline]
fn is_in_word(text: &str, start: usize, at: usize, byte: u8) -> bool {
    match byte {
        0..0x80 => byte.is_ascii_alphanumeric(),
        // The later bytes of a character belong where its first one does.
        0x80..0xc0 => at > start,
        0xc0.. => text[at..].starts_with(char::is_alphanumeric),
    }
}

/// One step of a multiplicative hash; the bit that tells ASCII capitals from small letters is set.
fn add(hash: u32, byte: u8) -> u32 {
    (hash.rotate_left(5) ^ u32::from(byte | 0x20)).wrapping_mul(0x9e37_79b1)
}
