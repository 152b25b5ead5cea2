//! What discovery hands to the reading of heads.

use std::cmp::Ordering;
use std::path::{MAIN_SEPARATOR, Path};

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
    candidates.sort_by(|a, b| by_parts(&a.path, &b.path).then(a.held.is_none().cmp(&b.held.is_none())));
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

/// Bytes of a path that are compared at once.
const PIECE: usize = 16;

/// Compares paths part by part, which needs no look at what they have in common.
fn by_parts(a: &Path, b: &Path) -> Ordering {
    let [a, b] = [a, b].map(|path| path.as_os_str().as_encoded_bytes());
    // Most of two paths is the same, and is compared in large pieces.
    let same = a.chunks(PIECE).zip(b.chunks(PIECE)).take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum::<usize>();
    let differs = a[same..].iter().zip(&b[same..]).position(|(a, b)| a != b).map(|at| same + at);
    // As a byte, the separator would come after a space or hyphen: `a/b` after `a-b`.
    let rank = |byte: u8| if char::from(byte) == MAIN_SEPARATOR { 0 } else { byte };
    differs.map_or(a.len().cmp(&b.len()), |at| rank(a[at]).cmp(&rank(b[at])))
}
