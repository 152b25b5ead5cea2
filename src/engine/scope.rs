//! Which rules hold for which parts of which pages.

use crate::diagnostic::Finding;
use crate::dialect::{Dialect, Trait};
use crate::guide::Guide;
use crate::rule::{Check, Mark, Rule};

/// Whether a page is copied as it is, because Jekyll does not read its front matter: it begins too late, or has no end.
pub(super) fn is_copied(guide: &Guide) -> bool {
    let front_matter = &guide.front_matter;
    (front_matter.late.is_some() || front_matter.unclosed) && guide.dialect.has(Trait::FrontMatter)
}

pub(super) fn holds(rule: &Rule, guide: &Guide) -> bool {
    if !matches!(rule.check, Check::Guide(_) | Check::Convention(_)) {
        return true;
    }
    (!is_copied(guide) || rule.is(Mark::CopiedPage))
        && (guide.dialect != Dialect::Mdx || rule.is(Mark::Component))
        && (!rule.is(Mark::English) || guide.text.may_be_english())
}

/// Drops what was found in the blocks of plugins: what these make of their content is not known.
pub(super) fn drop_unknown(rule: &Rule, guide: &Guide, found: &mut Vec<Finding>) {
    if !guide.liquid.plugin_blocks.is_empty() && !rule.is(Mark::PluginBlock) {
        found.retain(|finding| !guide.liquid.is_in_plugin_block(finding.primary.span));
    }
}
