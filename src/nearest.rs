//! The known name that an unknown one may be a misspelling of: one to suggest, or the only one that
//! can be meant.
//!
//! A slip is a letter that is wrong, missing, too many, or swapped with its neighbour.

/// The nearest of `names` without regard to case, if it is near enough to be worth a question.
pub(crate) fn suggestion<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let limit = name.chars().count().div_ceil(3).min(3);
    let lower = name.to_lowercase();
    let ranked = names.iter().map(|other| (strsim::osa_distance(&lower, &other.to_lowercase()), *other));
    ranked.filter(|(slips, _)| *slips <= limit).min().map(|(_, other)| other)
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
        _ => 2,
    };
    let letters = count_letters(&folded);
    let alike = names.into_iter().map(|other| (fold(other), other));
    // A slip takes one letter away, adds one, or both: most names need no further comparison.
    let alike = alike.filter(|(other, _)| {
        let differences = count_letters(other).into_iter().zip(letters).map(|(a, b)| usize::from(a.abs_diff(b)));
        differences.sum::<usize>() <= 2 * limit
    });
    only(alike.map(|(other, name)| (strsim::osa_distance(&folded, &other), name)), limit)
}

/// How often each byte stands in a text, bytes that are alike in their last five bits taken together.
fn count_letters(text: &str) -> [u8; 32] {
    let mut counts = [0_u8; 32];
    for byte in text.bytes() {
        let count = &mut counts[usize::from(byte & 31)];
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
