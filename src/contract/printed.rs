//! Random values that a guide prints: samples of keys and identifiers, which belong to no account; and the addresses of
//! pages that it leads to. Only their hashes are kept.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::Contract;
use super::fields::all_sentences;
use crate::guide::{Guide, Link};
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

/// The first labels of hosts for readers.
const HOSTS_OF_PAGES: &[&str] =
    &["help", "docs", "doc", "support", "developer", "developers", "app", "login", "knowledge", "community"];

/// Words for the addresses of an interface, and for entering one.
const OF_INTERFACES: &[&str] =
    &["endpoint", "api", "url", "server", "sandbox", "production", "host", "instance", "enter", "use"];

/// The hashes of the addresses of pages that a guide leads to, if it asks for an address: those on hosts for readers in
/// sentences that speak of no interface.
pub(super) fn pages(guide: &Guide, contract: &Contract) -> BTreeSet<String> {
    let is_address = |key: &str| ADDRESSES.iter().any(|end| key.ends_with(end));
    if !contract.descriptions().any(|field| is_address(&field.key)) {
        return BTreeSet::new();
    }
    let is_for_readers = |link: &&Link| {
        let host = link.target.split_once("://").map_or("", |(_, rest)| rest);
        host.split_once('.').is_some_and(|(label, _)| HOSTS_OF_PAGES.contains(&label.to_ascii_lowercase().as_str()))
    };
    let mut sentences: Vec<Range<usize>> = all_sentences(guide).collect();
    sentences.sort_by_key(|sentence| sentence.start);
    let speaks_of_interface = |sentence: &Range<usize>| {
        // Keys are on pages for readers.
        let text = guide.text.as_str()[sentence.clone()].to_ascii_lowercase();
        let text = text.replace("api key", "").replace("api token", "");
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| OF_INTERFACES.contains(&word.trim_end_matches('s')))
    };
    let mut known: HashMap<usize, bool> = HashMap::new();
    let is_open = |link: &&Link| {
        let place = link.text.start as usize;
        let after = sentences.partition_point(|sentence| sentence.start <= place);
        let Some(sentence) = sentences[..after].last().filter(|sentence| sentence.contains(&place)) else {
            return false;
        };
        !*known.entry(after).or_insert_with(|| speaks_of_interface(sentence))
    };
    let is_words = |link: &&Link| !guide.text_in(&link.text).contains("://");
    let links = guide.links.iter().filter(is_for_readers).filter(is_words).filter(is_open);
    links.filter_map(|link| page_hash(&link.target)).take(MOST_VALUES).collect()
}

/// The hash of the address of a page: one with a path.
pub(super) fn page_hash(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let bare = rest.trim_end_matches('/').to_ascii_lowercase();
    bare.contains('/').then(|| hash_of(&bare))
}
