//! Which rules hold for which parts of which pages.

use crate::diagnostic::Finding;
use crate::dialect::{Dialect, Trait};
use crate::guide::Guide;
use crate::rule::{Check, Rule};

/// The rules that check a page which Jekyll copies as it is, because its front matter begins late.
const OF_COPIED_PAGES: &[&str] =
    &["guide/front-matter-missing", "guide/secret-in-guide", "guide/encoding-invalid", "guide/invisible-character"];

/// The rules that hold for pages of components, whatever a component makes of its content.
const OF_COMPONENTS: &[&str] =
    &["guide/doubled-word", "guide/image-alt-missing", "guide/secret-in-guide", "guide/typo"];

/// The rules whose findings hold in the block of a plugin, too.
const OF_ANY_BLOCK: &[&str] = &["guide/liquid-syntax", "guide/secret-in-guide"];

/// Whether a page is copied as it is, because Jekyll does not read its front matter.
pub(super) fn is_copied(guide: &Guide) -> bool {
    guide.front_matter.late.is_some() && guide.dialect.has(Trait::FrontMatter)
}

pub(super) fn holds(rule: &Rule, guide: &Guide) -> bool {
    if !matches!(rule.check, Check::Guide(_)) {
        return true;
    }
    let is_of_copied = || OF_COPIED_PAGES.contains(&rule.name);
    let is_of_components = || OF_COMPONENTS.contains(&rule.name);
    (!is_copied(guide) || is_of_copied()) && (guide.dialect != Dialect::Mdx || is_of_components())
}

/// Drops what was found in the blocks of plugins: what these make of their content is not known.
pub(super) fn drop_unknown(rule: &Rule, guide: &Guide, found: &mut Vec<Finding>) {
    if !guide.liquid.plugin_blocks.is_empty() && !OF_ANY_BLOCK.contains(&rule.name) {
        found.retain(|finding| !guide.liquid.is_in_plugin_block(finding.primary.span));
    }
}
