//! The code quality report of GitLab: <https://docs.gitlab.com/ci/testing/code_quality/>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::encode::to_json;
use super::redact::Entry;
use super::visible::lines;
use super::{Context, Summary, Terminal};
use crate::diagnostic::Severity;
use crate::fingerprint::Fingerprint;

/// Everything before the first issue.
pub(super) fn start(_: Context) -> String {
    "[\n".to_owned()
}

/// Everything after the last issue.
pub(super) fn end(_: &Summary, _: Terminal) -> String {
    "\n]\n".to_owned()
}

/// The findings of a file, each an object. Their fingerprints are unique in the report, as GitLab
/// demands: path and number distinguish those that have one line's fingerprint.
pub(super) fn file(entries: &[Entry], context: Context) -> Vec<String> {
    let mut seen: BTreeMap<(String, Fingerprint), usize> = BTreeMap::new();
    let mut issues = Vec::with_capacity(entries.len());
    for entry in entries {
        let path = context.path_from_root(entry.primary.file.path());
        let mark = entry.fingerprint();
        let number = seen.entry((path.clone(), mark)).or_default();
        issues.push(to_json(&issue(entry, &path, mark.of_one(&path, *number))));
        *number += 1;
    }
    issues
}

fn issue(entry: &Entry, path: &str, fingerprint: Fingerprint) -> Value {
    json!({
        "description": lines(&entry.message),
        "check_name": entry.rule,
        "fingerprint": fingerprint,
        "severity": match entry.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "location": {
            "path": path,
            "lines": {"begin": entry.primary.start().line, "end": entry.primary.end().line},
        },
    })
}
