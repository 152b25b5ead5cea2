//! Fixes a file: which of its fixes may be applied, and what becomes of it.

use std::cell::Cell;
use std::sync::Arc;

use super::{Checked, check_source};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::fix::{Marks, Skipped, Untouched, apply_until_stable};
use crate::settings::{Selection, Settings};
use crate::source::SourceFile;
use crate::workspace::Workspace;

/// A file before and after its fixes.
pub struct FixedFile {
    pub before: Arc<SourceFile>,
    pub after: Arc<SourceFile>,
    /// The line and the rule of each applied fix.
    pub fixes: Vec<(u32, &'static str)>,
    /// The fixes that were not applied.
    pub skipped: Vec<Skipped>,
}

/// What became of a file.
pub enum Outcome {
    /// Fixes were found, and applied or skipped.
    Fixed(FixedFile),
    /// There is nothing to fix.
    Unchanged,
    /// It is not changed: the program had a fault in it.
    Faulty,
}

/// Applies fixes to the files of a workspace.
pub struct Fixer<'a> {
    workspace: &'a Workspace,
    settings: &'a Settings,
    /// The settings under which every error and warning is found, reported or not: no fix may add one.
    all: Settings,
    accept: Applicability,
}

impl<'a> Fixer<'a> {
    /// Applies fixes that are at least as sure as `accept`.
    pub fn new(workspace: &'a Workspace, settings: &'a Settings, accept: Applicability) -> Self {
        let extend_select = settings.selection.extend_select.clone();
        let selection = Selection { extend_select, ..Selection::default() };
        let all = Settings { severity: settings.severity.min(Severity::Warning), selection, ..settings.clone() };
        Self { workspace, settings, all, accept }
    }

    /// Checks a text as that of a file, for every error and warning. `None` as for [`check_source`].
    pub fn check(&self, source: &SourceFile, text: &str) -> Option<Checked> {
        let source = SourceFile::new(source.id(), source.path(), text);
        check_source(self.workspace, &self.all, Arc::new(source))
    }

    /// Applies the fixes of a file until nothing changes; `None` if it is not a file to be checked.
    ///
    /// `reported` are the findings that a run reports, if that is not all: others are not fixed. `chosen` decides whether the
    /// fix of a finding is wanted; its second argument is whether the text is still as it was.
    pub fn fix(
        &self,
        source: &Arc<SourceFile>,
        reported: Option<&Marks>,
        chosen: &dyn Fn(&Diagnostic, bool) -> bool,
    ) -> Option<Outcome> {
        if source.excess().is_some() {
            return check_source(self.workspace, &self.all, Arc::clone(source)).map(|_| Outcome::Unchanged);
        }
        // Bytes that are not text could not be kept.
        if !source.invalid().is_empty() {
            return Some(Outcome::Unchanged);
        }
        let faulty = Cell::new(false);
        let check = |text: &str| {
            let checked = self.check(source, text)?;
            faulty.set(faulty.get() || checked.is_faulty());
            Some(checked)
        };
        let Checked { source: before, diagnostics, .. } = check(source.text())?;
        let untouched = match reported {
            Some(reported) => Untouched::new(&Marks::of(&before, &diagnostics), reported),
            None => Untouched::default(),
        };
        let mut first = Some(diagnostics);
        let fixed = apply_until_stable(source.text(), self.accept, |text| {
            let found = first.take().map(|found| (Arc::clone(&before), found));
            let checked = found.or_else(|| check(text).map(|checked| (checked.source, checked.diagnostics)));
            let Some((own, found)) = checked else { return Vec::new() };
            let is_first = text == source.text();
            let mut found = untouched.without_fixes(&own, found);
            for found in &mut found {
                let is_kept = !self.fixes(found, source) || !chosen(found, is_first);
                found.finding.fix.take_if(|_| is_kept);
            }
            found
        });
        if faulty.get() {
            return Some(Outcome::Faulty);
        }
        if fixed.applied == 0 && fixed.skipped.is_empty() {
            return Some(Outcome::Unchanged);
        }
        let after = check(&fixed.text).map_or_else(|| Arc::clone(&before), |checked| checked.source);
        if faulty.get() {
            return Some(Outcome::Faulty);
        }
        Some(Outcome::Fixed(FixedFile { before, after, fixes: fixed.fixes, skipped: fixed.skipped }))
    }

    /// Whether a finding is reported, its rule may fix, and its fix stays in the file.
    fn fixes(&self, found: &Diagnostic, source: &SourceFile) -> bool {
        let (rule, settings) = (found.rule, self.settings);
        let is_mild = found.severity < settings.severity && !settings.selection.extend_select.contains(rule);
        let mut edits = found.finding.fix.iter().flat_map(|fix| &fix.edits);
        !is_mild
            && settings.selection.reports(rule)
            && settings.selection.fixes(rule)
            && edits.all(|edit| edit.span.file == source.id())
    }
}
