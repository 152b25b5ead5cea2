//! What is not reported though it was found: what is known, what is on unchanged lines, what is mild.

use crate::baseline::{Baseline, Matcher};
use crate::changes::{self, Changes};
use crate::diagnostic::{Diagnostic, FAULT};
use crate::settings::Settings;
use crate::workspace;

use super::Checked;

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] workspace::Error),
    /// Git cannot report what changed in a file.
    #[error(transparent)]
    Changes(#[from] changes::Error),
}

/// Decides which findings are reported. Files have to come in the order of their paths.
#[derive(Debug, Default)]
pub struct Filter {
    /// Findings that are known.
    pub baseline: Option<Matcher>,
    /// Only findings on changed lines are reported.
    pub changes: Option<Changes>,
    /// Where findings are recorded instead of being reported.
    pub recording: Option<Baseline>,
}

impl Filter {
    /// Whether what is reported of a file depends on the files before it.
    pub(super) fn is_in_turn(&self) -> bool {
        self.baseline.is_some() || self.recording.is_some()
    }

    /// Drops what is not to be reported from the findings of a file. Faults of the program always are.
    ///
    /// The baseline comes before the severity and the selection, so that it knows which of its entries are stale. It
    /// records what is not too mild, whether its rule is selected or not.
    pub(super) fn apply(&mut self, settings: &Settings, checked: &mut Checked) -> Result<(), changes::Error> {
        let faults = take_faults(checked);
        if let Some(baseline) = &mut self.baseline {
            checked.baselined += baseline.apply(&checked.source, &mut checked.diagnostics);
        }
        if let Some(recording) = &mut self.recording {
            let recorded: Vec<Diagnostic> =
                checked.diagnostics.extract_if(.., |found| !is_mild(settings, found)).collect();
            recording.record(&checked.source, &recorded);
            checked.baselined += recorded.len();
        }
        self.keep_reported(settings, checked)?;
        checked.diagnostics.splice(0..0, faults);
        Ok(())
    }

    /// [Applies](Self::apply) a filter that is not [in turn](Self::is_in_turn).
    pub(super) fn apply_alone(&self, settings: &Settings, checked: &mut Checked) -> Result<(), changes::Error> {
        let faults = take_faults(checked);
        self.keep_reported(settings, checked)?;
        checked.diagnostics.splice(0..0, faults);
        Ok(())
    }

    fn keep_reported(&self, settings: &Settings, checked: &mut Checked) -> Result<(), changes::Error> {
        if let Some(changes) = &self.changes {
            for diagnostic in std::mem::take(&mut checked.diagnostics) {
                if changes.touch(&checked.source, &diagnostic.finding)? {
                    checked.diagnostics.push(diagnostic);
                }
            }
        }
        checked.keep_reported(settings);
        Ok(())
    }
}

fn take_faults(checked: &mut Checked) -> Vec<Diagnostic> {
    checked.diagnostics.extract_if(.., |diagnostic| diagnostic.rule == FAULT).collect()
}

/// Whether a finding is below the severity that is reported.
pub(super) fn is_mild(settings: &Settings, found: &Diagnostic) -> bool {
    found.severity < settings.severity && !settings.selection.extend_select.contains(found.rule)
}
