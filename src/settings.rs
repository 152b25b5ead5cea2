//! What is in force in a run: which rules at which severity, and what is shown.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::rule::Rule;

/// The settings of a run.
#[derive(Debug)]
pub struct Settings {
    /// Findings below this severity are not reported.
    pub severity: Severity,
    /// A finding at or above this severity makes the run fail.
    pub fail_on: Severity,
    /// Whether literal secrets and the like count as errors.
    pub strict: bool,
    /// Severity per rule or group; `None` turns it off.
    pub rules: BTreeMap<String, Option<Severity>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { severity: Severity::Warning, fail_on: Severity::Error, strict: false, rules: BTreeMap::new() }
    }
}

impl Settings {
    /// The severity of a finding of `rule` in the file at `path` whose own severity is `default`;
    /// `None` if the rule is off there.
    pub fn severity_of(&self, rule: &Rule, _path: &str, default: Severity) -> Option<Severity> {
        let set = self.rules.get(rule.name).or_else(|| self.rules.get(rule.group()));
        set.copied().unwrap_or(Some(default))
    }
}
