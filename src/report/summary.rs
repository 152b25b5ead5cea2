//! What a run amounts to, in numbers.

use crate::diagnostic::{Applicability, Diagnostic, Severity};

/// What a run amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
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
}

impl Summary {
    /// Counts a reported diagnostic.
    pub fn count(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
        if diagnostic.finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe) {
            self.fixable += 1;
        }
    }

    /// Adds the counts of another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
        self.baselined += other.baselined;
        self.fixable += other.fixable;
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
