//! Work on many threads.

use rayon::prelude::*;

/// What `each` makes of the items, in their order. No thread is started for a single one: that would
/// take longer than to check a configuration.
pub(crate) fn map<A: Send, B: Send>(items: Vec<A>, each: impl Fn(A) -> B + Sync) -> Vec<B> {
    if items.len() < 2 { items.into_iter().map(each).collect() } else { items.into_par_iter().map(&each).collect() }
}
