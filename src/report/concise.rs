//! One line for each finding, in the form that editors and `grep` read: `path:line:column: ...`.

use super::Renderer;
use super::redact::Entry;
use super::visible::one_line;
use crate::diagnostic::Applicability;

/// A finding on its line.
pub(super) fn entry(entry: &Entry, _: &Renderer) -> String {
    let start = entry.primary.start();
    let fixable = entry.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    format!(
        "{}:{}:{}: {}[{}]: {}{}\n",
        one_line(entry.primary.file.path()),
        start.line,
        start.column,
        entry.severity.name(),
        entry.rule,
        one_line(&entry.message),
        if fixable { " (--fix)" } else { "" },
    )
}
