//! The anchors of the pages that links lead to.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::guide::Guide;
use crate::source::FileId;
use crate::workspace::Site;

/// Other pages of a site, of which each is read once.
pub struct LinkedPages<'a> {
    site: &'a Site<'a>,
    guides: BTreeMap<FileId, Option<Guide>>,
}

impl<'a> LinkedPages<'a> {
    /// None are read yet.
    pub fn of(site: &'a Site<'a>) -> Self {
        Self { site, guides: BTreeMap::new() }
    }

    /// The anchors of a page that has none of this name, neither of its own nor by its layout.
    pub fn without(&mut self, page: FileId, fragment: &str) -> Option<Arc<BTreeSet<String>>> {
        let anchors = self.site.anchors(page).filter(|anchors| !anchors.contains(fragment))?;
        let guide = self.guides.entry(page).or_insert_with(|| self.site.guide(page));
        let may_have = guide.as_ref().is_some_and(|guide| self.site.layout_may_have(guide, fragment));
        (!may_have).then_some(anchors)
    }
}

/// Whether a fragment needs an anchor: an empty one and `top` lead to the top of the page (HTML, section 7.4.6.3), and
/// an encoded one may be any name.
pub fn needs_anchor(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") && !fragment.contains('%')
}
