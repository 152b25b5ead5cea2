//! What discovery hands to the reading of heads.

use std::path::Path;

use crate::pack::Place;

/// A file before its page head was read.
pub(super) struct Candidate {
    pub(super) path: Box<Path>,
    pub(super) explicit: bool,
    pub(super) checked: bool,
    pub(super) site: usize,
    /// Its path from the site's source, with `/` between its parts, if it is published on the site.
    pub(super) published: Option<String>,
    pub(super) held: Option<Vec<u8>>,
    /// Where it belongs in the pack of the run.
    pub(super) place: Option<Place>,
}

impl Candidate {
    /// A file that was found in a folder.
    pub(super) fn found(path: Box<Path>, checked: bool, site: usize, published: Option<String>) -> Self {
        Self { path, explicit: false, checked, site, published, held: None, place: None }
    }
}

/// Orders the files by their path; a file that was found twice is kept once.
pub(super) fn merge(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| a.path.cmp(&b.path).then(a.held.is_none().cmp(&b.held.is_none())));
    candidates.dedup_by(|next, kept| {
        let same = next.path == kept.path;
        if same {
            kept.explicit |= next.explicit;
            kept.checked |= next.checked;
        }
        same
    });
    candidates
}
