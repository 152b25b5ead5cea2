//! Applies fixes to texts: one round of edits that do not collide, or rounds until nothing changes.
//!
//! Knows diagnostics and texts only. Checking a text again is the caller's function, writing files is
//! the command line's.

mod diff;
mod untouched;

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix};

pub use diff::unified_diff;
pub use untouched::{Marks, Untouched};

/// A text that still changes after so many rounds never comes to rest: two fixes undo each other.
const MOST_ROUNDS: usize = 16;

/// What one round of fixes made of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Applied {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

/// What rounds of fixes made of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied, over all rounds.
    pub applied: usize,
    /// Whether a last check found nothing more to apply. If not, the text should not be used.
    pub converged: bool,
}

/// Applies fixes to the text that they were made for, in the order given.
///
/// A fix is applied with all its edits or not at all. One that touches an edit of an earlier one is
/// left for the next round, when its place is known anew; so is one that does not fit the text.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> Applied {
    let mut accepted: Vec<(Range<usize>, &str)> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let edits: Vec<_> = fix.edits.iter().map(|edit| (edit.span.range(), edit.text.as_str())).collect();
        if fits(text, &edits) && !collides(&edits, &accepted) {
            accepted.extend(edits);
            applied += 1;
        }
    }
    accepted.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in accepted {
        out.push_str(&text[done..range.start]);
        out.push_str(replacement);
        done = range.end;
    }
    out.push_str(&text[done..]);
    Applied { text: out, applied }
}

/// Applies fixes, asks `fixes_of` about the text that results, and so on until it names no more.
///
/// `fixes_of` gives the fixes for a text, those to prefer first; fixes that are less sure than
/// `accept` are passed over.
pub fn apply_until_stable(text: &str, accept: Applicability, mut fixes_of: impl FnMut(&str) -> Vec<Fix>) -> Mended {
    let mut mended = Mended { text: text.to_owned(), applied: 0, converged: false };
    for _ in 0..MOST_ROUNDS {
        let fixes = fixes_of(&mended.text);
        let round = apply(&mended.text, fixes.iter().filter(|fix| fix.applicability <= accept));
        if round.applied == 0 || round.text == mended.text {
            mended.converged = true;
            break;
        }
        mended.text = round.text;
        mended.applied += round.applied;
    }
    mended
}

/// Whether the edits lie within the text, on character boundaries, in order and without overlaps, and
/// change something.
fn fits(text: &str, edits: &[(Range<usize>, &str)]) -> bool {
    let whole = |range: &Range<usize>| range.start <= range.end && text.get(range.clone()).is_some();
    edits.iter().all(|(range, _)| whole(range))
        && edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start)
        && edits.iter().any(|(range, replacement)| text[range.clone()] != **replacement)
}

/// Whether any edit touches an accepted one. Even edits side by side do: which of two insertions at one
/// place comes first is not for chance to decide.
fn collides(edits: &[(Range<usize>, &str)], accepted: &[(Range<usize>, &str)]) -> bool {
    edits
        .iter()
        .any(|(range, _)| accepted.iter().any(|(other, _)| range.start <= other.end && other.start <= range.end))
}
