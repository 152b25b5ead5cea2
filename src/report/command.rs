//! The command that makes a report again, as one of the next steps.

use crate::diagnostic::Severity;

/// The command that checks the same files for the same findings, in the words of a shell.
#[derive(Clone, Debug)]
pub struct Command {
    /// The program, its paths, and the options that no step replaces.
    pub base: String,
    /// The options that set which severities are reported, as they were given.
    pub severity: String,
    /// The options that select rules, as they were given.
    pub selection: String,
    /// The options that report rules of any severity, as they were given.
    pub extension: String,
    /// The lowest severity that is reported.
    pub lowest: Severity,
    /// The lowest severity that fails the run, which is always reported.
    pub fail_on: Severity,
    /// Whether its findings can be recorded in a baseline.
    pub records: bool,
}

impl Command {
    /// The command with more options.
    pub(super) fn with(&self, options: &str) -> String {
        joined(&[&self.base, &self.severity, &self.selection, &self.extension, options])
    }

    /// The command that reports errors only.
    pub(super) fn errors(&self) -> String {
        let fail_on = if self.fail_on < Severity::Error { "--fail-on error" } else { "" };
        joined(&[&self.base, &self.selection, "--severity error", fail_on])
    }

    /// The command that reports the findings of one rule in full, those of a severity among them.
    pub(super) fn of_rule(&self, rule: &str, severity: Severity) -> String {
        let mild = format!("--severity {}", severity.name());
        let severity = if severity < self.lowest { &mild } else { &self.severity };
        joined(&[&self.base, severity, "--select", rule, "--format full"])
    }
}

/// Options in one line.
fn joined(options: &[&str]) -> String {
    options.iter().filter(|options| !options.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
