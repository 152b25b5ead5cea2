//! Applies fixes to texts: one round of edits that do not collide, or rounds until nothing changes.
//!
//! Knows diagnostics and texts only. Checking a text again is the caller's function, writing files is
//! the command line's.

mod diff;
mod rounds;
mod untouched;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Fix;
use crate::source::spliced;

pub use diff::unified_diff;
pub use rounds::{FixedText, HIDING, Reason, Skipped, apply_until_stable};
pub use untouched::{Marks, Untouched};

/// What one round of fixes made of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Applied {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Applies fixes to the text that they were made for, in the order given.
///
/// A fix is applied with all its edits or not at all. One that touches an edit of an earlier one is
/// left for the next round, when its place is known again; so is one that does not fit the text.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> Applied {
    let mut round = Round::default();
    let applied = fixes.into_iter().filter(|fix| round.accepts(text, fix)).count();
    Applied { text: round.spliced(text), applied }
}

/// The edits of one round: in order, and those of different fixes apart from each other.
#[derive(Debug, Default)]
struct Round<'a> {
    edits: Vec<(Range<usize>, &'a str)>,
    /// The edited ranges by their start.
    taken: BTreeMap<usize, usize>,
}

impl<'a> Round<'a> {
    /// Takes the edits of a fix, if they fit the text and touch none that were taken before.
    fn accepts(&mut self, text: &str, fix: &'a Fix) -> bool {
        let edits: Vec<_> = fix.edits.iter().map(|edit| (edit.span.range(), edit.text.as_str())).collect();
        let takes = fits(text, &edits) && edits.iter().all(|(range, _)| self.is_free(range));
        if takes {
            for (range, _) in &edits {
                let end = self.taken.entry(range.start).or_default();
                *end = range.end.max(*end);
            }
            self.edits.extend(edits);
        }
        takes
    }

    /// Whether a range touches no taken one. Even ranges side by side touch: which of two insertions at one
    /// place comes first is not for chance to decide.
    fn is_free(&self, range: &Range<usize>) -> bool {
        self.taken.range(..=range.end).next_back().is_none_or(|(_, end)| *end < range.start)
    }

    /// The edits in the order of their places.
    fn sorted(&mut self) -> &[(Range<usize>, &'a str)] {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        &self.edits
    }

    fn spliced(&mut self, text: &str) -> String {
        spliced(text, 0..text.len(), self.sorted().iter().cloned())
    }
}

/// Whether the edits lie within the text, on character boundaries, in order and without overlaps, and
/// change something.
fn fits(text: &str, edits: &[(Range<usize>, &str)]) -> bool {
    let whole = |range: &Range<usize>| range.start <= range.end && text.get(range.clone()).is_some();
    edits.iter().all(|(range, _)| whole(range))
        && edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start)
        && edits.iter().any(|(range, replacement)| text[range.clone()] != **replacement)
}
