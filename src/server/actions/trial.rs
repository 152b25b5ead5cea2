//! Tries fixes in memory before they are offered.

use std::cell::RefCell;
use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::engine::{self, Checked};
use crate::fix::{Marks, Untouched, apply_until_stable};
use crate::server::checker::Checker;
use crate::settings::{Selection, Settings};
use crate::source::SourceFile;

/// A file whose fixes are tried.
pub(super) struct Trial<'a> {
    checker: &'a Checker,
    file: &'a Checked,
    /// The settings under which every error and warning is found, reported or not.
    settings: Settings,
}

impl<'a> Trial<'a> {
    pub(super) fn new(checker: &'a Checker, file: &'a Checked) -> Self {
        let settings = &checker.settings;
        let extend_select = settings.selection.extend_select.clone();
        let selection = Selection { extend_select, ..Selection::default() };
        let settings = Settings { severity: settings.severity.min(Severity::Warning), selection, ..settings.clone() };
        Self { checker, file, settings }
    }

    /// The text with the fix of one finding; `None` if that does not solve it or makes something worse.
    pub(super) fn one(&self, found: &Diagnostic) -> Option<String> {
        let is_it = |other: &Diagnostic| {
            other.rule == found.rule
                && other.finding.primary == found.finding.primary
                && other.finding.message == found.finding.message
        };
        let after = self.apply(Applicability::Unsafe, &|other, is_first| is_first && is_it(other))?;
        let count = |checked: &Checked| checked.diagnostics.iter().filter(|other| other.rule == found.rule).count();
        let left = self.check(&after)?;
        (count(&left) < count(&self.check(self.file.source.text())?)).then_some(after)
    }

    /// The text with all safe fixes of the findings that are `chosen`; `None` if none can be applied.
    pub(super) fn all(&self, chosen: &dyn Fn(&Diagnostic) -> bool) -> Option<String> {
        self.apply(Applicability::Safe, &|found, _| chosen(found))
    }

    /// Applies fixes that are `chosen` (a finding, and whether it is one of the text as it is) until nothing changes.
    fn apply(&self, accept: Applicability, chosen: &dyn Fn(&Diagnostic, bool) -> bool) -> Option<String> {
        let text = self.file.source.text();
        if self.file.is_faulty() || !self.file.source.invalid().is_empty() {
            return None;
        }
        let all = self.check(text)?;
        let reported = Marks::of(&self.file.source, &self.file.diagnostics);
        let untouched = Untouched::new(&Marks::of(&all.source, &all.diagnostics), &reported);
        let faulty = RefCell::new(false);
        let fixed = apply_until_stable(text, accept, |changed| {
            let Some(checked) = self.check(changed) else { return Vec::new() };
            *faulty.borrow_mut() |= checked.is_faulty();
            let is_first = changed == text;
            let mut found = untouched.without_fixes(&checked.source, checked.diagnostics);
            for found in &mut found {
                let is_kept = !chosen(found, is_first) || !self.is_wanted(found);
                found.finding.fix.take_if(|_| is_kept);
            }
            found
        });
        (fixed.applied > 0 && fixed.text != text && !faulty.into_inner()).then_some(fixed.text)
    }

    /// Whether a finding is one that is reported, and its fix one that the settings allow and that stays in the file.
    fn is_wanted(&self, found: &Diagnostic) -> bool {
        let settings = &self.checker.settings;
        let selection = &settings.selection;
        let is_mild = found.severity < settings.severity && !selection.extend_select.contains(found.rule);
        let edits = found.finding.fix.iter().flat_map(|fix| &fix.edits);
        !is_mild
            && selection.reports(found.rule)
            && selection.fixes(found.rule)
            && edits.into_iter().all(|edit| edit.span.file == self.file.source.id())
    }

    /// Checks a text as that of the file, for everything that may get worse.
    fn check(&self, text: &str) -> Option<Checked> {
        let source = SourceFile::new(self.file.source.id(), self.file.source.path(), text);
        engine::check_source(&self.checker.workspace, &self.settings, Arc::new(source))
    }
}
