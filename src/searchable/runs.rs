//! Runs of words: what a text is searched for.

use std::ops::Range;

use super::{WordStart, words_of};

/// Runs of words that are searched for together. Each is found by its key, its longest word, which few words
/// of a text are.
#[derive(Debug)]
pub struct WordRuns {
    /// The hashes of the keys, in order, each once.
    pub(super) keys: Vec<u32>,
    /// For each key the end of its runs.
    ends: Vec<usize>,
    /// The runs in the order of their keys.
    runs: Vec<Run>,
    /// The hashes of the words of all runs.
    words: Vec<u32>,
    /// Shows most words from the keys: a bit for the slot of each, in a power of two words of 64 bits.
    filter: Vec<u64>,
}

#[derive(Debug)]
pub(super) struct Run {
    /// Which of the given ones it is.
    which: usize,
    /// Its words, in those of all runs.
    words: Range<usize>,
    /// The place of its key among its words.
    key: usize,
}

/// Bits of the filter for each key.
const FILTER_BITS: usize = 32;

impl WordRuns {
    /// The runs of words that the texts are made of; one without a word is never found.
    pub fn of<T: AsRef<str>>(texts: &[T]) -> Self {
        let (mut words, mut runs) = (Vec::with_capacity(texts.len()), Vec::with_capacity(texts.len()));
        for (which, text) in texts.iter().enumerate() {
            let first = words.len();
            let (mut key, mut longest) = (0, 0);
            for (place, (range, hash)) in words_of(text.as_ref()).enumerate() {
                words.push(hash);
                if range.len() > longest {
                    (key, longest) = (place, range.len());
                }
            }
            if longest > 0 {
                runs.push(Run { which, words: first..words.len(), key });
            }
        }
        let key_of = |run: &Run| words[run.words.start + run.key];
        runs.sort_by_cached_key(key_of);
        let (mut keys, mut ends, mut end) = (Vec::new(), Vec::new(), 0);
        for same_key in runs.chunk_by(|one, other| key_of(one) == key_of(other)) {
            end += same_key.len();
            keys.push(key_of(&same_key[0]));
            ends.push(end);
        }
        Self { filter: filter(&keys), keys, ends, runs, words }
    }

    /// The runs with the key of this hash. Usually there are none.
    #[inline]
    pub(super) fn with_key(&self, hash: u32) -> &[Run] {
        let bit = slot_of(hash, self.filter.len() * 64);
        if self.filter[bit / 64] & 1 << (bit % 64) == 0 { &[] } else { self.look_up(hash) }
    }

    fn look_up(&self, hash: u32) -> &[Run] {
        self.keys.binary_search(&hash).map_or(&[], |key| self.of_key(key))
    }

    pub(super) fn of_key(&self, key: usize) -> &[Run] {
        let first = key.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.runs[first..self.ends[key]]
    }

    /// Calls `found` with the byte where one of `runs` begins and which one it is, for those that are around
    /// their key, the word at `place`.
    #[inline]
    pub(super) fn around(&self, words: &[WordStart], place: usize, runs: &[Run], mut found: impl FnMut(usize, usize)) {
        for run in runs {
            if let Some(start) = self.start_of(run, words, place) {
                found(words[start].start as usize, run.which);
            }
        }
    }

    /// The place of the first word of `run` if it is around its key, the word at `place`.
    #[inline]
    fn start_of(&self, run: &Run, words: &[WordStart], place: usize) -> Option<usize> {
        let start = place.checked_sub(run.key)?;
        let around = words.get(start..start + run.words.len())?;
        for (at, hash) in self.words[run.words.clone()].iter().enumerate() {
            if around[at].hash != *hash {
                return None;
            }
        }
        Some(start)
    }
}

/// A bit for each key.
fn filter(keys: &[u32]) -> Vec<u64> {
    let mut filter = vec![0; (keys.len() * FILTER_BITS / 64).next_power_of_two()];
    for key in keys {
        let bit = slot_of(*key, filter.len() * 64);
        filter[bit / 64] |= 1 << (bit % 64);
    }
    filter
}

/// The place of a hash in a filter of `length` bits, a power of two.
fn slot_of(hash: u32, length: usize) -> usize {
    // The lowest bits of a multiplicative hash are the least mixed ones.
    (hash >> 8) as usize & (length - 1)
}
