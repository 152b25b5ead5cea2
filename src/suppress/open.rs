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

    pub(super) fn end(&mut self, names: &[Name]) -> Option<usize> {
        let candidates = if names.is_empty() { &mut self.all } else { self.by_names.get_mut(&sorted(names))? };
        loop {
            let last = candidates.pop()?;
            if self.closed.insert(last) {
                return Some(last);
            }
        }
    }
}

fn sorted(names: &[Name]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
    names.sort_unstable();
    names
}
