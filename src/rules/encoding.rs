//! Files that are not UTF-8, and files that are no text: wrong in the same way whatever they should hold.

use crate::diagnostic::Finding;
use crate::source::SourceFile;

/// One finding for a file: another encoding makes it wrong in many places for one cause.
pub(super) fn finding(source: &SourceFile, consequence: &str) -> Option<Finding> {
    let (place, message) = match (source.first_nul(), source.invalid()) {
        (Some(nul), _) => (nul..nul + 1, "the file is no UTF-8 text: it has a NUL byte here".to_owned()),
        (None, []) => return None,
        (None, [only]) => (only.clone(), "the file is not UTF-8 here".to_owned()),
        (None, [first, rest @ ..]) => {
            (first.clone(), format!("the file is not UTF-8 here and in {} more places", rest.len()))
        }
    };
    Some(Finding::new(source.span(place), message).help(format!("save the file as UTF-8: {consequence}")))
}
