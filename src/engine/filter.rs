//! What is not reported though it was found: what is known, what is on unchanged lines, what is mild.

use crate::baseline::{Baseline, Matcher};
use crate::changes::Changes;
use crate::diagnostic::{Diagnostic, FAULT};
use crate::settings::Settings;

use super::Checked;

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
    /// The baseline comes before the severity and the selection, so that it knows which of its entries are stale.
    pub(super) fn apply(&mut self, settings: &Settings, checked: &mut Checked) {
        let faults = take_faults(checked);
        if let Some(baseline) = &mut self.baseline {
            checked.baselined += baseline.apply(&checked.source, &mut checked.diagnostics);
        }
        self.keep_reported(settings, checked);
        if let Some(recording) = &mut self.recording {
            recording.record(&checked.source, &checked.diagnostics);
            checked.baselined += checked.diagnostics.len();
            checked.diagnostics.clear();
        }
        checked.diagnostics.splice(0..0, faults);
    }

    /// [Applies](Self::apply) a filter that is not [in turn](Self::is_in_turn).
    pub(super) fn apply_alone(&self, settings: &Settings, checked: &mut Checked) {
        let faults = take_faults(checked);
        self.keep_reported(settings, checked);
        checked.diagnostics.splice(0..0, faults);
    }

    fn keep_reported(&self, settings: &Settings, checked: &mut Checked) {
        if let Some(changes) = &self.changes {
            checked.diagnostics.retain(|diagnostic| changes.touch(&checked.source, &diagnostic.finding));
        }
        checked.keep_reported(settings);
    }
}

fn take_faults(checked: &mut Checked) -> Vec<Diagnostic> {
    checked.diagnostics.extract_if(.., |diagnostic| diagnostic.rule == FAULT).collect()
}
