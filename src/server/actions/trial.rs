//! Tries fixes in memory before they are offered.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::engine::{Checked, Fixer, Outcome};
use crate::fix::Marks;
use crate::server::checker::Checker;

/// A file whose fixes are tried.
pub(super) struct Trial<'a> {
    checker: &'a Checker,
    file: &'a Checked,
}

impl<'a> Trial<'a> {
    pub(super) fn new(checker: &'a Checker, file: &'a Checked) -> Self {
        Self { checker, file }
    }

    /// Whether the fix of a finding solves it and makes nothing worse.
    pub(super) fn solves(&self, found: &Diagnostic) -> bool {
        let is_it = |other: &Diagnostic| {
            other.rule == found.rule
                && other.finding.primary == found.finding.primary
                && other.finding.message == found.finding.message
        };
        let fixer = self.fixer(Applicability::Unsafe);
        let Some(after) = self.apply(&fixer, &|other, is_first| is_first && is_it(other)) else { return false };
        let count = |text: &str| {
            let checked = fixer.check(&self.file.source, text)?;
            Some(checked.diagnostics.iter().filter(|other| other.rule == found.rule).count())
        };
        count(&after).zip(count(self.file.source.text())).is_some_and(|(after, before)| after < before)
    }

    /// The text with all safe fixes of the findings that are `chosen`; `None` if none can be applied.
    pub(super) fn all(&self, chosen: &dyn Fn(&Diagnostic) -> bool) -> Option<String> {
        self.apply(&self.fixer(Applicability::Safe), &|found, _| chosen(found))
    }

    fn fixer(&self, accept: Applicability) -> Fixer<'_> {
        Fixer::new(&self.checker.workspace, &self.checker.settings, accept)
    }

    /// The text with the fixes that are `chosen`; `None` if none is applied.
    fn apply(&self, fixer: &Fixer<'_>, chosen: &dyn Fn(&Diagnostic, bool) -> bool) -> Option<String> {
        if self.file.is_faulty() {
            return None;
        }
        let reported = Marks::of(&self.file.source, &self.file.diagnostics);
        match fixer.fix(&self.file.source, Some(&reported), chosen)? {
            Outcome::Fixed(file) if !file.fixes.is_empty() => Some(file.after.text().to_owned()),
            _ => None,
        }
    }
}
