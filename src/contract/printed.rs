//! Random values that a guide prints: samples of keys and identifiers, which belong to no account; and the addresses of
//! pages that it leads to. Only their hashes are kept.

use std::collections::BTreeSet;

use super::Contract;
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
    is_value.then(|| hash_of(value))
}

fn hash_of(value: &str) -> String {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", value.bytes().fold(0xcbf2_9ce4_8422_2325, add))
}

/// The last words of the properties of values that are addresses.
const ADDRESSES: &[&str] = &["Url", "URL", "Uri", "Domain", "Host", "Server", "Endpoint", "Instance"];

/// The hashes of the addresses of pages that a guide leads to, if it asks for an address: those in links that say more than
/// the address, and are not the example of a value.
pub(super) fn pages(guide: &Guide, contract: &Contract) -> BTreeSet<String> {
    let is_address = |key: &str| ADDRESSES.iter().any(|end| key.ends_with(end));
    if !contract.descriptions().any(|field| is_address(&field.key)) {
        return BTreeSet::new();
    }
    let samples: BTreeSet<String> =
        contract.descriptions().flat_map(|field| &field.samples).filter_map(|sample| page_hash(sample)).collect();
    let is_words = |text: &str| !text.contains("://") && !text.contains('.');
    let links = guide.links.iter().filter(|link| is_words(guide.text_in(&link.text)));
    let pages = links.filter_map(|link| page_hash(&link.target)).filter(|page| !samples.contains(page));
    pages.take(MOST_VALUES).collect()
}

/// The hash of the address of a page: one with a path.
pub(super) fn page_hash(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let bare = rest.trim_end_matches('/').to_ascii_lowercase();
    bare.contains('/').then(|| hash_of(&bare))
}
