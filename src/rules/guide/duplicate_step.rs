//! `guide/duplicate-step`

use std::collections::HashMap;

use crate::diagnostic::Finding;
use crate::guide::{BlockId, BlockKind, Guide};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/duplicate-step", include_str!("duplicate_step.md"), check).warning();

/// Words of the shortest text that is not there twice on purpose.
const FEWEST_WORDS: usize = 4;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let mut last: HashMap<Option<BlockId>, BlockId> = HashMap::new();
    for (id, block) in guide.blocks.iter().enumerate() {
        let Some(before) = last.insert(block.parent(), id) else { continue };
        let what = match &block.kind {
            BlockKind::Item(item) if item.shown.is_some() => "step",
            BlockKind::Item(_) => "list item",
            BlockKind::Paragraph => "paragraph",
            _ => continue,
        };
        // Tags between two texts set them apart: two tabs, two cards.
        let between = guide.source.text().get(guide.blocks[before].span.range().end..block.span.range().start);
        if between.is_some_and(|between| between.trim().is_empty())
            && written(guide, before) == written(guide, id)
            && guide.text_of(id).split_whitespace().nth(FEWEST_WORDS - 1).is_some()
            && !(what == "step" && presses(page, id))
        {
            let finding = Finding::new(block.span, format!("duplicate {what}")).help("remove one of the two");
            found.push(finding.label(guide.blocks[before].span, "first one"));
        }
    }
}

/// Whether a step presses a button, which the next page of the application may have, too.
fn presses(page: &Page<'_>, step: BlockId) -> bool {
    let mut words = page.guide.text_of(step).split(|c: char| !c.is_alphanumeric());
    words.any(|word| page.profile.interface.actions.iter().any(|action| action.eq_ignore_ascii_case(word)))
}

/// A block as it is written, without the marker of an item.
fn written(guide: &Guide, id: BlockId) -> &str {
    let block = &guide.blocks[id];
    let text = guide.slice(block.span);
    let marker = block.item().map_or(0, |item| item.marker.end.saturating_sub(block.span.start) as usize);
    text.get(marker..).unwrap_or(text).trim()
}
