//! Ranges of bytes, and texts with some of them replaced.

use std::cmp::Reverse;
use std::ops::Range;

/// The part `whole` of a text with other texts in the place of some ranges, which are in order and do not overlap.
///
/// # Panics
/// If a range is out of bounds or cuts a character, as for slices.
pub(crate) fn spliced<T: AsRef<str>>(
    text: &str,
    whole: Range<usize>,
    parts: impl IntoIterator<Item = (Range<usize>, T)>,
) -> String {
    let mut out = String::with_capacity(whole.len());
    let mut done = whole.start;
    for (range, new) in parts {
        out.push_str(&text[done..range.start]);
        out.push_str(new.as_ref());
        done = range.end;
    }
    out.push_str(&text[done..whole.end]);
    out
}

/// The ranges in order, those that touch or overlap as one.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    ranges
}

/// Puts ranges in order and keeps, of overlapping ones, the first, and of those that start together the longest.
pub(crate) fn drop_overlapping<T>(found: &mut Vec<T>, range: impl Fn(&T) -> &Range<usize>) {
    found.sort_by_key(|one| (range(one).start, Reverse(range(one).end)));
    let mut end = 0;
    found.retain(|one| {
        let is_free = range(one).start >= end;
        if is_free {
            end = range(one).end;
        }
        is_free
    });
}
