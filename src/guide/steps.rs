//! Numbered lists as the reader sees them: where kramdown starts a list anew in the middle of a procedure.

use std::collections::BTreeMap;

use super::{BlockId, BlockKind, Guide};
use crate::source::Span;

/// A numbered list.
#[derive(Debug)]
pub struct NumberedList {
    /// Its items, in order.
    pub items: Vec<NumberedItem>,
    /// Whether it goes on with the numbers of a list before it.
    pub continues: bool,
    /// What ended the list that it was meant to continue.
    pub interruption: Option<Interruption>,
}

/// An item of a numbered list.
#[derive(Debug, Clone, Copy)]
pub struct NumberedItem {
    /// Its block.
    pub block: BlockId,
    /// The number in the source.
    pub written: u32,
    /// The number that the page shows.
    pub shown: u32,
    /// The number with its full stop.
    pub marker: Span,
    /// Bytes from the start of the line to the item's content.
    pub content_column: u32,
}

/// Blocks between two lists that were meant as one.
#[derive(Debug)]
pub struct Interruption {
    /// The item before them.
    pub after: NumberedItem,
    /// The blocks.
    pub blocks: Vec<BlockId>,
}

/// What came last among the blocks of one parent.
#[derive(Default)]
struct Run {
    last: Option<NumberedItem>,
    between: Vec<BlockId>,
}

impl Guide {
    /// The numbered lists of the page, in order.
    pub fn numbered_lists(&self) -> &[NumberedList] {
        self.numbered_lists.get_or_init(|| self.read_numbered_lists())
    }

    fn read_numbered_lists(&self) -> Vec<NumberedList> {
        let mut runs: BTreeMap<Option<BlockId>, Run> = BTreeMap::new();
        let mut lists = Vec::new();
        for (id, block) in self.blocks.iter().enumerate() {
            let run = runs.entry(block.parent).or_default();
            match block.kind {
                BlockKind::List { ordered: true } => {
                    let items: Vec<_> = self.children(id).filter_map(|item| self.numbered_item(item)).collect();
                    let (Some(first), Some(last)) = (items.first(), items.last().copied()) else { continue };
                    let blocks = std::mem::take(&mut run.between);
                    let after = run.last.replace(last).filter(|_| first.written > 1 && first.shown == 1);
                    let continues = after.is_some();
                    let interruption =
                        after.map(|after| Interruption { after, blocks }).filter(|found| self.interrupts(found, first));
                    lists.push(NumberedList { items, continues, interruption });
                }
                // A heading or a line across the page ends a procedure.
                BlockKind::Heading(_) | BlockKind::Rule => *run = Run::default(),
                _ => run.between.push(id),
            }
        }
        lists
    }

    fn numbered_item(&self, block: BlockId) -> Option<NumberedItem> {
        match self.blocks[block].kind {
            BlockKind::Item { written: Some(written), shown: Some(shown), marker, content_column } => {
                Some(NumberedItem { block, written, shown, marker, content_column })
            }
            _ => None,
        }
    }

    /// Whether nothing but blocks that should have been indented stands between two lists. Text right
    /// below an item is part of it, and a tag that opens or closes around a list ends it anyhow.
    fn interrupts(&self, found: &Interruption, next: &NumberedItem) -> bool {
        let Some(first) = found.blocks.first().map(|block| self.blocks[*block].span) else { return false };
        let above = self.source.line_span(self.source.line(first.start).saturating_sub(1));
        let set_off = above.is_some_and(|line| self.slice(line).trim_matches([' ', '\t', '>']).is_empty());
        let gap = self.blocks[found.after.block].span.end..next.marker.start;
        let crossing = self.tags.iter().any(|tag| {
            let partner = tag.partner.map(|partner| self.tags[partner].span.start);
            gap.contains(&tag.span.start) && partner.is_some_and(|partner| !gap.contains(&partner))
        });
        set_off && !crossing
    }
}
