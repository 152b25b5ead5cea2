//! The known name that an unknown one may be a misspelling of: one to suggest, or the only one that
//! can be meant.
//!
//! A slip is a letter that is wrong, missing, too many, or swapped with its neighbour.

/// Slips in a name that can still only mean one other.
pub(crate) const MOST_SLIPS: usize = 2;

/// The nearest of `names` without regard to case, if it is near enough to be worth a question.
pub(crate) fn suggestion<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    // Each letter that one name has more than the other is a slip.
    let alike = names.iter().map(|other| (other.to_lowercase(), *other));
    let alike = alike.filter(|(other, _)| other.chars().count().abs_diff(length) <= limit);
    let ranked = alike.map(|(lower_other, other)| (strsim::osa_distance(&lower, &lower_other), other));
    ranked.filter(|(slips, _)| *slips <= limit).min().map(|(_, other)| other)
}

/// Names of which a misspelled one is found among those that begin or end most like it.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// In the order of their letters.
    forward: Vec<String>,
    /// In the order of their letters from the last one on, and which they are.
    backward: Vec<(String, usize)>,
}

/// How many names are looked at on each side of a misspelled one.
const NEIGHBOURS: usize = 64;

impl Names {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forward: Vec<String> = names.into_iter().map(str::to_owned).collect();
        forward.sort_unstable();
        forward.dedup();
        let turned = forward.iter().enumerate().map(|(at, name)| (reversed(name), at));
        let mut backward: Vec<_> = turned.collect();
        backward.sort_unstable();
        Self { forward, backward }
    }

    /// The names beside a name in one order or the other; a few may come twice.
    pub(crate) fn around<'n>(&'n self, name: &str) -> impl Iterator<Item = &'n str> + use<'n> {
        let turned = reversed(name);
        let ahead = self.forward.partition_point(|other| other.as_str() < name);
        let behind = self.backward.partition_point(|(other, _)| *other < turned);
        let beside = |at: usize, count: usize| at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(count);
        let by_start = self.forward[beside(ahead, self.forward.len())].iter();
        let by_end = self.backward[beside(behind, self.backward.len())].iter().map(|(_, at)| &self.forward[*at]);
        by_start.chain(by_end).map(String::as_str)
    }
}

fn reversed(name: &str) -> String {
    name.chars().rev().collect()
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

/// Whether two names are exactly one slip apart: what they do not share at their beginnings and ends is one letter, or two
/// that are swapped.
pub(crate) fn is_one_slip(name: &str, other: &str) -> bool {
    let shared = name.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (name, other): (&str, &str) = (&name[shared..], &other[shared..]);
    let shared: usize =
        name.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (mut name, mut other) = (name[..name.len() - shared].chars(), other[..other.len() - shared].chars());
    match (name.next(), name.next(), other.next(), other.next()) {
        (Some(_), None, None | Some(_), None) | (None, None, Some(_), None) => true,
        (Some(first), Some(second), Some(third), Some(fourth)) => {
            first == fourth && second == third && name.next().is_none() && other.next().is_none()
        }
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A name and one that is a few letters of the same alphabet away from it.
    fn names() -> impl Strategy<Value = (String, String)> {
        ("[abé]{0,7}", "[abé]{0,3}", 0..8_usize, 0..3_usize).prop_map(|(name, new, at, gone)| {
            let letters: Vec<char> = name.chars().collect();
            let at = at.min(letters.len());
            let rest = &letters[(at + gone).min(letters.len())..];
            let other = letters[..at].iter().copied().chain(new.chars()).chain(rest.iter().copied()).collect();
            (name, other)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_slip_is_a_distance_of_one((name, other) in names()) {
            prop_assert_eq!(is_one_slip(&name, &other), strsim::osa_distance(&name, &other) == 1);
        }

        #[test]
        fn names_that_are_passed_over_are_farther_away((name, other) in names(), limit in 0..4_usize) {
            let distance = strsim::osa_distance(&name, &other);
            prop_assert_eq!(slips(&name, &other, limit), Some(distance).filter(|slips| *slips <= limit));
            let nearest = closest(&name, limit, [other.as_str()]).map(|(slips, _)| slips);
            prop_assert_eq!(nearest, Some(distance).filter(|slips| *slips <= limit));
        }

        #[test]
        fn few_names_are_all_looked_at(name in "[abc]{1,6}", all in prop::collection::vec("[abc]{1,6}", 0..NEIGHBOURS)) {
            let names = Names::new(all.iter().map(String::as_str));
            let nearest = closest(&name, MOST_SLIPS, names.around(&name));
            prop_assert_eq!(nearest, closest(&name, MOST_SLIPS, all.iter().map(String::as_str)));
        }
    }

    #[test]
    fn a_slip_at_one_end_is_found_by_the_other() {
        let all: Vec<String> = (0..500).map(|number| format!("a{number:03}z")).collect();
        let names = Names::new(all.iter().map(String::as_str));
        for name in ["b250z", "a250y"] {
            assert_eq!(closest(name, 1, names.around(name)), Some((1, "a250z")));
        }
    }
}
