//! What discovery hands to the reading of heads.

use std::path::Path;

/// A file before its page head was read.
pub(super) struct Candidate {
    pub(super) path: Box<Path>,
    pub(super) explicit: bool,
    pub(super) checked: bool,
    pub(super) site: usize,
    /// Its path from the site's source, with `/` between its parts, if it is published on the site.
    pub(super) published: Option<String>,
    pub(super) held: Option<Vec<u8>>,
}
