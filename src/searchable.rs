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
}

impl<'a> Searchable<'a> {
    /// A text whose words were not counted yet.
    pub fn new(text: &'a str) -> Self {
        Self { text, base: 0, words: Cow::Owned(words(text)) }
    }

    /// The bytes `range` of a text whose words are known.
    ///
    /// # Panics
    /// If `range` is out of bounds or cuts a character, as for slices.
    pub fn part(text: &'a str, words: &'a [WordStart], range: Range<usize>) -> Self {
        let first = words.partition_point(|word| (word.start as usize) < range.start);
        let count = words[first..].partition_point(|word| (word.start as usize) < range.end);
        Self { text: &text[range.clone()], base: range.start, words: Cow::Borrowed(&words[first..first + count]) }
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
    let mut word: Option<WordStart> = None;
    for (at, byte) in text.bytes().enumerate() {
        let inside = match byte {
            0..0x80 => byte.is_ascii_alphanumeric(),
            // The later bytes of a character belong where its first one does.
            0x80..0xc0 => word.is_some(),
            0xc0.. => text[at..].starts_with(char::is_alphanumeric),
        };
        match &mut word {
            Some(word) if inside => word.hash = add(word.hash, byte),
            None if inside => word = Some(WordStart { start: at as u32, hash: add(0, byte) }),
            current => words.extend(current.take()),
        }
    }
    words.extend(word);
    words
}

/// One step of a multiplicative hash; the bit that tells ASCII capitals from small letters is set.
fn add(hash: u32, byte: u8) -> u32 {
    (hash.rotate_left(5) ^ u32::from(byte | 0x20)).wrapping_mul(0x9e37_79b1)
}
