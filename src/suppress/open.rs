//! Comments that begin a part of a file, and those that end it.

use std::collections::{HashMap, HashSet};

use super::Name;

/// The starts that have no end yet.
#[derive(Default)]
pub(super) struct Open {
    all: Vec<usize>,
    by_names: HashMap<Vec<String>, Vec<usize>>,
    closed: HashSet<usize>,
}

impl Open {
    pub(super) fn start(&mut self, comment: usize, names: &[Name]) {
        self.all.push(comment);
        self.by_names.entry(sorted(names)).or_default().push(comment);
    }

    /// The start that an end closes, and whether it has the same names: the last one that has, or else the last one.
    pub(super) fn end(&mut self, names: &[Name]) -> Option<(usize, bool)> {
        let same = self.by_names.get_mut(&sorted(names)).filter(|_| !names.is_empty());
        if let Some(start) = same.and_then(|starts| last_of(starts, &mut self.closed)) {
            return Some((start, true));
        }
        last_of(&mut self.all, &mut self.closed).map(|start| (start, names.is_empty()))
    }
}

/// The last start that is not closed yet, which is closed.
fn last_of(starts: &mut Vec<usize>, closed: &mut HashSet<usize>) -> Option<usize> {
    loop {
        let last = starts.pop()?;
        if closed.insert(last) {
            return Some(last);
        }
    }
}

/// The names, without their groups.
fn sorted(names: &[Name]) -> Vec<String> {
    let short = |name: &Name| name.text.rsplit('/').next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = names.iter().map(short).collect();
    names.sort_unstable();
    names.dedup();
    names
}
