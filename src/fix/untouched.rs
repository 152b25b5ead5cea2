//! Findings that fixes leave alone because a run does not report them.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::source::SourceFile;

/// What tells the findings of one file.
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
    /// What is found but not reported in a file that was not mended yet.
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

    /// The findings to be mended among those of a text on its way.
    pub fn without(&self, source: &SourceFile, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut left = self.0.clone();
        let mut is_left = |diagnostic: &Diagnostic| {
            let count = left.get_mut(&mark(source, diagnostic)).filter(|count| **count > 0);
            count.map(|count| *count -= 1).is_some()
        };
        found.into_iter().filter(|diagnostic| !is_left(diagnostic)).collect()
    }
}

fn mark(source: &SourceFile, diagnostic: &Diagnostic) -> Fingerprint {
    Fingerprint::new(diagnostic.rule, source, diagnostic.finding.primary.span)
}
