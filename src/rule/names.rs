//! Names of connectors, compared as people write them.

use crate::profile::fold;

/// Whether two names may be those of one connector: one has the other in it or is short for it, or words of both differ
/// by a slip.
pub fn is_alike(own: &str, name: &str) -> bool {
    let (whole, wanted) = (fold(own), fold(name));
    let is_initials = |long: &str, short: &str| {
        let initials: String = words(long).filter_map(|word| word.chars().next()).collect();
        initials.len() > 1 && fold(&initials) == fold(short)
    };
    let has_slip = || {
        let wanted: Vec<(String, usize)> = words(name).map(|word| (fold(word), word.len())).collect();
        let is_near = |own: String| wanted.iter().any(|(word, length)| strsim::osa_distance(&own, word) * 4 <= *length);
        words(own).map(fold).any(is_near)
    };
    whole.contains(&wanted)
        || !whole.is_empty() && wanted.contains(&whole)
        || has_slip()
        || is_initials(own, name)
        || is_initials(name, own)
}

/// Words that distinguish products.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1)
}
