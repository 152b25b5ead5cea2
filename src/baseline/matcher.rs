//! Takes known findings out of those of a run, file by file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Baseline, Known, fingerprint, relative, total};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::source::SourceFile;

/// A fingerprint that more gone files have says nothing about which of them a file was.
const TELLING: usize = 32;

/// Whether there is a file at a path.
type Exists = fn(&Path) -> bool;

/// A baseline in use: each known finding is matched once.
///
/// Files have to come in the same order in every run: a file that was renamed takes over the
/// findings of one that is gone, and no other file can take them after it.
#[derive(Debug)]
pub struct Matcher {
    baseline: Arc<Baseline>,
    /// The files whose findings were matched.
    taken: BTreeSet<String>,
    exists: Exists,
    /// The files that are gone; made when a file comes that the baseline does not know.
    gone: Option<Gone>,
    stale: Vec<Stale>,
}

/// Known findings of a file that are no longer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The file, relative to the folder of the baseline.
    pub path: String,
    /// How many.
    pub count: usize,
}

/// Deleted files by their fingerprints.
#[derive(Debug, Default)]
struct Gone {
    by_fingerprint: BTreeMap<Fingerprint, Vec<String>>,
    by_name: BTreeMap<String, Vec<String>>,
}

impl Matcher {
    /// Matches against `baseline`; `exists` reports whether there is a file at a path.
    pub fn new(baseline: impl Into<Arc<Baseline>>, exists: Exists) -> Self {
        Self { baseline: baseline.into(), taken: BTreeSet::new(), exists, gone: None, stale: Vec::new() }
    }

    /// Drops the known ones among the findings of a file, and says how many there were.
    pub fn apply(&mut self, source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let path = relative(&self.baseline.root, source.path());
        let prints: Vec<Fingerprint> = diagnostics.iter().map(|found| fingerprint(source, found)).collect();
        let baseline = Arc::clone(&self.baseline);
        let is_known = baseline.files.contains_key(&path) && !self.taken.contains(&path);
        let known = if is_known { Some(path.as_str()) } else { self.renamed(&baseline, &path, &prints) };
        let Some(known) = known else { return 0 };
        self.taken.insert(known.to_owned());
        let mut left = counts(&baseline.files[known]);
        let before = diagnostics.len();
        // Of several on one line the graver ones were recorded.
        let mut order: Vec<usize> = (0..before).collect();
        order.sort_by_key(|at| std::cmp::Reverse(diagnostics[*at].severity));
        let mut is_known = vec![false; before];
        for at in order {
            if let Some(count) = left.get_mut(&prints[at]).filter(|count| **count > 0) {
                *count -= 1;
                is_known[at] = true;
            }
        }
        let mut is_known = is_known.into_iter();
        diagnostics.retain(|_| is_known.next() == Some(false));
        let count = left.values().map(|count| *count as usize).sum();
        if count > 0 {
            self.stale.push(Stale { path, count });
        }
        before - diagnostics.len()
    }

    /// What the baseline knows but the run did not find: in files that were checked, or are gone.
    pub fn stale(mut self) -> Vec<Stale> {
        let Baseline { root, files } = &*self.baseline;
        let left = files.iter().filter(|(path, _)| !self.taken.contains(*path));
        let gone = left.filter(|(path, _)| !(self.exists)(&root.join(path)));
        self.stale.extend(gone.map(|(path, known)| Stale { path: path.clone(), count: total(known) }));
        self.stale.sort_by(|a, b| a.path.cmp(&b.path));
        self.stale
    }

    /// The gone file that the file at `path` most likely was: most of its findings are found in it again.
    fn renamed<'b>(&mut self, baseline: &'b Baseline, path: &str, prints: &[Fingerprint]) -> Option<&'b str> {
        if prints.is_empty() {
            return None;
        }
        let gone = self.gone.get_or_insert_with(|| Gone::new(baseline, self.exists));
        let found = tally(prints);
        let left = gone.candidates(path, prints).into_iter().filter(|candidate| !self.taken.contains(*candidate));
        let scored = left.filter_map(|candidate| {
            let (candidate, known) = baseline.files.get_key_value(candidate)?;
            let again = |(print, count): (Fingerprint, u32)| count.min(found.get(&print).copied().unwrap_or(0));
            let common = counts(known).into_iter().map(|known| again(known) as usize).sum::<usize>();
            let is_same = 2 * common > total(known);
            is_same.then_some((common, file_name(candidate) == file_name(path), std::cmp::Reverse(candidate)))
        });
        scored.max().map(|(.., std::cmp::Reverse(best))| best.as_str())
    }
}

impl Gone {
    fn new(baseline: &Baseline, exists: Exists) -> Self {
        let mut gone = Self::default();
        for (path, known) in baseline.files.iter().filter(|(path, _)| !exists(&baseline.root.join(path))) {
            gone.by_name.entry(file_name(path).to_owned()).or_default().push(path.clone());
            for known in known {
                gone.by_fingerprint.entry(known.fingerprint).or_default().push(path.clone());
            }
        }
        gone
    }

    /// The gone files that the file at `path` may have been.
    fn candidates(&self, path: &str, prints: &[Fingerprint]) -> BTreeSet<&str> {
        let same_name = self.by_name.get(file_name(path)).into_iter();
        let telling = prints.iter().filter_map(|print| self.by_fingerprint.get(print));
        let lists = same_name.chain(telling).filter(|paths| paths.len() <= TELLING);
        lists.flatten().map(String::as_str).collect()
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn counts(known: &[Known]) -> BTreeMap<Fingerprint, u32> {
    known.iter().map(|known| (known.fingerprint, known.count)).collect()
}

fn tally(prints: &[Fingerprint]) -> BTreeMap<Fingerprint, u32> {
    let mut counts = BTreeMap::new();
    for print in prints {
        *counts.entry(*print).or_default() += 1;
    }
    counts
}
