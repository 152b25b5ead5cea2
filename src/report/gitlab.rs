//! The code quality report of GitLab: <https://docs.gitlab.com/ci/testing/code_quality/>.

use std::collections::BTreeMap;

use serde::Serialize;

use super::encode::{relative, to_json};
use super::redact::Entry;
use super::visible::lines;
use crate::diagnostic::Severity;
use crate::fingerprint::Fingerprint;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: Fingerprint,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The findings of a file, each an object. Their fingerprints are unique in the report, as GitLab
/// demands: path and number distinguish those that have one line's fingerprint.
pub(super) fn file(entries: &[Entry], folder: &str) -> Vec<String> {
    let mut seen: BTreeMap<(&str, Fingerprint), usize> = BTreeMap::new();
    let mut issues = Vec::with_capacity(entries.len());
    for entry in entries {
        let path = relative(entry.primary.file.path(), folder);
        let mark = entry.fingerprint();
        let number = seen.entry((path, mark)).or_default();
        issues.push(to_json(&issue(entry, path, mark.of_one(path, *number))));
        *number += 1;
    }
    issues
}

fn issue<'a>(entry: &'a Entry, path: &'a str, fingerprint: Fingerprint) -> Issue<'a> {
    let lines = Lines { begin: entry.primary.start().line, end: entry.primary.end().line };
    Issue {
        description: self::lines(&entry.message),
        check_name: entry.rule,
        fingerprint,
        severity: match entry.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location { path, lines },
    }
}
