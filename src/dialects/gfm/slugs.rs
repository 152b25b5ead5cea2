//! The ids that GitHub gives headings: `html-pipeline`'s table of contents filter.

use std::collections::BTreeMap;

use crate::dialects::html::is_word;

/// Gives out ids; one that was given before gets a number.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    given: BTreeMap<String, usize>,
}

impl Slugs {
    /// The id of a heading with this text: lower case, without punctuation, spaces as hyphens.
    pub(super) fn next(&mut self, text: &str) -> String {
        let lower = text.trim().chars().flat_map(char::to_lowercase);
        let kept = lower.filter(|c| is_word(*c) || matches!(c, '-' | ' '));
        let id: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        if let Some(count) = self.given.get_mut(&id) {
            *count += 1;
            return format!("{id}-{count}");
        }
        self.given.insert(id.clone(), 0);
        id
    }
}
