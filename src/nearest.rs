//! The known name that an unknown one may be a misspelling of: one to suggest, or the only one that
//! can be meant.
//!
//! A slip is a letter that is wrong, missing, too many, or swapped with its neighbour.

/// Slips in a name that can still only mean one other.
pub(crate) const MOST_SLIPS: usize = 2;

/// The nearest of `names` without regard to case, if it is near enough to be worth a question.
pub(crate) fn suggestion<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let limit = name.chars().count().div_ceil(3).min(3);
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    // Each letter that one name has more than the other is a slip.
    let alike = names.iter().map(|other| (other.to_lowercase(), *other));
    let alike = alike.filter(|(other, _)| other.chars().count().abs_diff(length) <= limit);
    let ranked = alike.map(|(lower_other, other)| (strsim::osa_distance(&lower, &lower_other), other));
    ranked.filter(|(slips, _)| *slips <= limit).min().map(|(_, other)| other)
}

/// The nearest of `names` within `limit` slips, the first by the alphabet of several, and how many slips it is away.
pub(crate) fn closest<'a>(
    name: &str,
    limit: usize,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<(usize, &'a str)> {
    let letters = count_letters(name);
    let alike = names.into_iter().filter(|other| fewest_slips(&letters, other) <= limit);
    let ranked = alike.map(|other| (strsim::osa_distance(name, other), other));
    ranked.min().filter(|(slips, _)| *slips <= limit)
}

/// The one of `names` that `name` can only mean: within a slip or two by what `fold` leaves of both,
/// and nearer than any other. In names of less than four characters every slip makes another name.
pub(crate) fn certain<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a str>,
    fold: impl Fn(&str) -> String,
) -> Option<&'a str> {
    let folded = fold(name);
    let limit = match folded.chars().count() {
        0..=3 => 0,
        4..=9 => 1,
        _ => MOST_SLIPS,
    };
    let letters = count_letters(&folded);
    let alike = names.into_iter().map(|other| (fold(other), other));
    let alike = alike.filter(|(other, _)| fewest_slips(&letters, other) <= limit);
    only(alike.map(|(other, name)| (strsim::osa_distance(&folded, &other), name)), limit)
}

/// How many slips two names are apart, if they are at most `limit`.
pub(crate) fn slips(name: &str, other: &str, limit: usize) -> Option<usize> {
    let is_near = fewest_slips(&count_letters(name), other) <= limit;
    is_near.then(|| strsim::osa_distance(name, other)).filter(|slips| *slips <= limit)
}

/// How many slips it takes at least from a name with these letters to another one: a slip takes one letter
/// away, adds one, or both. It is much faster than counting the slips, and ends most comparisons.
fn fewest_slips(letters: &[u8; 32], other: &str) -> usize {
    let differences = count_letters(other).into_iter().zip(letters).map(|(a, b)| usize::from(a.abs_diff(*b)));
    differences.sum::<usize>().div_ceil(2)
}

/// How often each letter is in a text, those that are alike in their last five bits taken together.
fn count_letters(text: &str) -> [u8; 32] {
    let mut counts = [0_u8; 32];
    for letter in text.chars() {
        let count = &mut counts[(u32::from(letter) & 31) as usize];
        *count = count.saturating_add(1);
    }
    counts
}

/// The name with the fewest slips, at most `limit`, unless another has as few.
pub(crate) fn only<'a>(ranked: impl Iterator<Item = (usize, &'a str)>, limit: usize) -> Option<&'a str> {
    let mut near: Vec<_> = ranked.filter(|(slips, _)| *slips <= limit).collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, best), (second, _), ..] if first < second => Some(best),
        _ => None,
    }
}
