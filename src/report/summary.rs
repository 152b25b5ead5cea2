//! What a run amounts to, in numbers.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Diagnostic, Severity};

/// What a run amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Files with reported findings.
    pub files_with_findings: usize,
    /// Reported findings that are errors.
    pub errors: usize,
    /// Reported findings that are warnings.
    pub warnings: usize,
    /// Reported findings that are hints on style.
    pub infos: usize,
    /// Findings kept silent by a comment in the file.
    pub suppressed: usize,
    /// Findings kept silent because the baseline knows them.
    pub baselined: usize,
    /// Reported findings that have a safe fix.
    pub fixable: usize,
    /// Reported findings that have a fix which needs a look.
    pub fixable_with_a_look: usize,
    /// Guides whose links to other pages were not checked: no root of their site was found.
    pub without_site: usize,
    /// The reported findings of each rule, apart by severity.
    pub rules: BTreeMap<(&'static str, Severity), RuleCount>,
}

/// The reported findings of one rule and severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// How many there are.
    pub findings: usize,
    /// How many have a safe fix.
    pub fixable: usize,
}

impl Summary {
    /// Counts the reported diagnostics of one file.
    pub fn count_file(&mut self, diagnostics: &[Diagnostic]) {
        self.files_with_findings += usize::from(!diagnostics.is_empty());
        for diagnostic in diagnostics {
            self.count(diagnostic);
        }
    }

    fn count(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
        let fix = diagnostic.finding.fix.as_ref().map(|fix| fix.applicability);
        let safe = usize::from(fix == Some(Applicability::Safe));
        self.fixable += safe;
        self.fixable_with_a_look += usize::from(fix == Some(Applicability::Unsafe));
        self.of_rule((diagnostic.rule, diagnostic.severity), RuleCount { findings: 1, fixable: safe });
    }

    /// Adds the counts of another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
        self.baselined += other.baselined;
        self.fixable += other.fixable;
        self.fixable_with_a_look += other.fixable_with_a_look;
        other.rules.iter().for_each(|(rule, count)| self.of_rule(*rule, *count));
    }

    fn of_rule(&mut self, rule: (&'static str, Severity), more: RuleCount) {
        let count = self.rules.entry(rule).or_default();
        count.findings += more.findings;
        count.fixable += more.fixable;
    }

    /// The gravest severity that was reported.
    pub fn worst(&self) -> Option<Severity> {
        let counts = [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)];
        counts.into_iter().find(|(count, _)| *count > 0).map(|(_, severity)| severity)
    }

    /// Number of reported findings.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}
