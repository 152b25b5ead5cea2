//! The anchors that the pages of the run link to.

use std::collections::HashSet;

use super::{Site, Workspace};

/// What ends the fragment of an address in the source of a page.
const ENDS: [char; 12] = [')', '"', '\'', '<', '>', ']', '}', '|', '?', '&', '`', '#'];

impl Site<'_> {
    /// Whether a page of the run has a link to an anchor with this name, on whatever page; true where other pages are
    /// not known.
    pub fn links_to_anchor(&self, name: &str) -> bool {
        !self.is_known() || !self.is_complete() || self.workspace().fragments().contains(name)
    }
}

impl Workspace {
    /// All that follows a `#` as the fragment of an address would, on any page.
    fn fragments(&self) -> &HashSet<Box<str>> {
        self.fragments.get_or_init(|| {
            let mut found = HashSet::new();
            for page in self.pages() {
                if let Some(source) = self.readable(page) {
                    found.extend(fragments_of(source.text()).map(Box::from));
                }
            }
            found
        })
    }
}

fn fragments_of(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'#', text.as_bytes()).filter_map(|at| {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || ENDS.contains(&c)).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}
