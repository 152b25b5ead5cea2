//! What a run amounts to, in numbers.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Counts, Diagnostic, Severity};

/// What a run amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files checked.
    pub files: usize,
    /// Files with reported findings.
    pub files_with_findings: usize,
    /// Reported findings.
    pub found: Counts,
    /// Findings that are not reported because they are below the severity that is.
    pub hidden: Counts,
    /// Findings that a comment in the file silences.
    pub suppressed: usize,
    /// Findings that are not reported because the baseline has them.
    pub baselined: usize,
    /// Reported findings that have a safe fix.
    pub fixable: usize,
    /// Reported findings that have a fix which needs review.
    pub fixable_after_review: usize,
    /// Guides whose links to other pages were not checked: no root of their site was found.
    pub without_site: usize,
    /// Why the configuration of a site could not be read.
    pub unread_config: Option<String>,
    /// A built-in pack that matches the folder, where neither a pack nor a profile is set.
    pub fitting_pack: Option<String>,
    /// The vendor of the default conventions, and how many of how many pages follow them, where those are few.
    pub few_fit: Option<(String, usize, usize)>,
    /// The reported findings of each rule.
    pub rules: BTreeMap<&'static str, RuleCount>,
    /// The fixes that the run applied; `None` if it was not asked to fix.
    pub fixed: Option<Vec<FixedFinding>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FixedFinding {
    pub file: String,
    /// Its line before the fix, from 1.
    pub line: u32,
    pub rule: &'static str,
}

/// The reported findings of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    pub found: Counts,
    /// How many files they are in.
    pub files: usize,
    /// How many have a safe fix.
    pub fixable: usize,
}

impl RuleCount {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.files += other.files;
        self.fixable += other.fixable;
    }
}

impl Summary {
    /// Counts the reported diagnostics of one file.
    pub fn count_file(&mut self, diagnostics: &[Diagnostic]) {
        let mut file = Self { files_with_findings: usize::from(!diagnostics.is_empty()), ..Self::default() };
        for diagnostic in diagnostics {
            file.count(diagnostic);
        }
        for count in file.rules.values_mut() {
            count.files = 1;
        }
        self.add(&file);
    }

    fn count(&mut self, diagnostic: &Diagnostic) {
        let rule = self.rules.entry(diagnostic.rule).or_default();
        rule.found.count(diagnostic.severity);
        self.found.count(diagnostic.severity);
        match diagnostic.finding.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => {
                rule.fixable += 1;
                self.fixable += 1;
            }
            Some(Applicability::Unsafe) => self.fixable_after_review += 1,
            None => {}
        }
    }

    /// Adds the counts of another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        self.found += other.found;
        self.hidden += other.hidden;
        self.suppressed += other.suppressed;
        self.baselined += other.baselined;
        self.fixable += other.fixable;
        self.fixable_after_review += other.fixable_after_review;
        for (rule, count) in &other.rules {
            self.rules.entry(rule).or_default().add(*count);
        }
    }

    /// The gravest severity that was reported.
    pub fn worst(&self) -> Option<Severity> {
        self.found.by_gravity().into_iter().find(|(count, _)| *count > 0).map(|(_, severity)| severity)
    }

    /// Number of reported findings.
    pub fn findings(&self) -> usize {
        self.found.all()
    }
}
