//! Files that are not UTF-8, and files that are not text: wrong in the same way whatever they should hold.

use crate::diagnostic::Finding;
use crate::source::{SourceFile, utf_16_order};

/// One finding for a file: another encoding makes it wrong in many places for one cause.
pub(super) fn finding(source: &SourceFile) -> Option<Finding> {
    if is_utf_16(source) {
        let start = source.span(0..source.text().chars().next().map_or(0, char::len_utf8));
        return Some(Finding::new(start, "file encoded as UTF-16").help("save the file as UTF-8"));
    }
    if let Some(nul) = source.first_nul() {
        let finding = Finding::new(source.span(nul..nul + 1), "not a text file: NUL byte");
        return Some(finding.help("remove the NUL byte, or restore the file"));
    }
    let (place, message) = match source.invalid() {
        [] => return None,
        [only] => (only.clone(), "invalid UTF-8".to_owned()),
        [first, rest @ ..] => (first.clone(), format!("invalid UTF-8 here and in {} more locations", rest.len())),
    };
    Some(Finding::new(source.span(place), message).help("save the file as UTF-8"))
}

/// Whether every other byte at the start is NUL, after a byte order mark or without one.
fn is_utf_16(source: &SourceFile) -> bool {
    let text = source.text().as_bytes();
    // No byte of the mark is UTF-8.
    let has_mark = source.invalid().iter().flat_map(Clone::clone).take(2).eq(0..2);
    let text = if has_mark { &text[2..] } else { text };
    utf_16_order(text).is_some()
}
