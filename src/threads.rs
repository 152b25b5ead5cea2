//! Work on many threads.

use rayon::prelude::*;

/// What `each` makes of the items, in their order. No thread is started for up to `few` of them, where that would
/// take longer than they do.
pub(crate) fn map<A: Send, B: Send>(items: Vec<A>, few: usize, each: impl Fn(A) -> B + Sync) -> Vec<B> {
    if items.len() <= few { items.into_iter().map(each).collect() } else { items.into_par_iter().map(&each).collect() }
}
