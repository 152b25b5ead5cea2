//! What fixes change in a file, as a unified diff.

use similar::TextDiff;

use crate::source::SourceFile;

/// The difference between a file and what fixes made of it, as `diff -u` prints it; empty if there is
/// none. Secrets are redacted on both sides.
pub fn unified_diff(before: &SourceFile, after: &SourceFile) -> String {
    let (old, new) = (before.redacted(), after.redacted());
    let path = before.path().trim_start_matches('/');
    TextDiff::from_lines(&old, &new).unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
