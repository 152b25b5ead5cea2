//! Findings that fixes leave alone because a run does not report them.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::source::SourceFile;

/// The marks that identify the findings of one file.
#[derive(Debug, Default)]
pub struct Marks(Vec<Fingerprint>);

impl Marks {
    /// The marks of findings in `source`.
    pub fn of(source: &SourceFile, found: &[Diagnostic]) -> Self {
        Self(found.iter().map(|diagnostic| mark(source, diagnostic)).collect())
    }
}

/// How many findings of one file are left alone, by their marks. On a line that a fix changes they are
/// new, as after any other edit.
#[derive(Debug, Default)]
pub struct Untouched(BTreeMap<Fingerprint, usize>);

impl Untouched {
    /// The findings that are not reported in a file before it is fixed.
    pub fn new(found: &Marks, reported: &Marks) -> Self {
        let mut left: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        for mark in &found.0 {
            *left.entry(*mark).or_default() += 1;
        }
        for mark in &reported.0 {
            left.entry(*mark).and_modify(|count| *count = count.saturating_sub(1));
        }
        Self(left)
    }

    /// The findings of a text on its way, without the fixes of those that are left alone.
    pub fn without_fixes(&self, source: &SourceFile, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut left = self.0.clone();
        for diagnostic in &mut found {
            if let Some(count) = left.get_mut(&mark(source, diagnostic)).filter(|count| **count > 0) {
                *count -= 1;
                diagnostic.finding.fix = None;
            }
        }
        found
    }
}

fn mark(source: &SourceFile, diagnostic: &Diagnostic) -> Fingerprint {
    Fingerprint::new(diagnostic.rule, source, diagnostic.finding.primary.span)
}
