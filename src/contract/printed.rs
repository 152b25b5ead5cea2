//! Random values that a guide prints: samples of keys and identifiers, which belong to no account. Only their hashes are kept.

use std::collections::BTreeSet;

use crate::guide::Guide;
use crate::secrets::looks_random;

/// The shortest value that is not a word or a number by chance, in bytes.
const SHORTEST: usize = 12;

/// Words have fewer digits.
const FEWEST_DIGITS: usize = 3;

/// The most values of a guide.
const MOST_VALUES: usize = 32;

/// The hashes of the random values in the text of a guide.
pub(super) fn printed(guide: &Guide) -> BTreeSet<String> {
    let words = guide.text.as_str().split(|c: char| c.is_whitespace() || "\"'`“”‘’()[]{}<>,;".contains(c));
    let words = words.map(|word| word.trim_matches(['.', ':', '=']));
    words.filter_map(hash).take(MOST_VALUES).collect()
}

/// The hash (FNV-1a, 64 bits) of a value that may be one of them.
pub(super) fn hash(value: &str) -> Option<String> {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let is_value = value.len() >= SHORTEST && digits >= FEWEST_DIGITS && !value.contains("://") && looks_random(value);
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    is_value.then(|| format!("{:016x}", value.bytes().fold(0xcbf2_9ce4_8422_2325, add)))
}
