//! Numbered lists as the reader sees them: where kramdown restarts a list in the middle of a procedure.

use std::ops::Range;

use super::{BlockId, BlockKind, Guide, ListItem};
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

/// What is between two lists that were meant as one.
#[derive(Debug)]
pub struct Interruption {
    /// The item before them.
    pub after: NumberedItem,
    /// The blocks and comments, in order.
    pub parts: Vec<Span>,
}

impl Guide {
    /// The numbered lists of the page, in order.
    pub fn numbered_lists(&self) -> &[NumberedList] {
        self.derived.numbered_lists.get_or_init(|| self.read_numbered_lists())
    }

    /// The number of a step between two others that is part of the first one's text, since no space follows
    /// its dot: `2.Select`.
    pub fn lost_step(&self, item: &NumberedItem, next: &NumberedItem) -> Option<Span> {
        if next.written != item.written + 2 {
            return None;
        }
        let between = item.marker.range().end..next.marker.range().start;
        let number = format!("{}.", item.written + 1);
        let text = self.source.text().get(between.clone())?;
        let line = text.split('\n').skip(1).map(str::trim_start).find(|line| {
            line.strip_prefix(number.as_str()).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        })?;
        let start = between.start + (line.as_ptr() as usize - text.as_ptr() as usize);
        Some(self.source.span(start..start + number.len()))
    }

    fn read_numbered_lists(&self) -> Vec<NumberedList> {
        let is_numbered = |id: &BlockId| self.blocks[*id].kind == BlockKind::List { ordered: true };
        (0..self.blocks.len()).filter(is_numbered).filter_map(|list| self.numbered_list(list)).collect()
    }

    fn numbered_list(&self, list: BlockId) -> Option<NumberedList> {
        let items: Vec<_> = self.numbered_items(list).collect();
        let first = items.first()?;
        let before = if first.written > 1 && first.shown == 1 { self.list_before(list) } else { None };
        let continues = before.is_some();
        let interruption = before.filter(|found| self.interrupts(found, first));
        Some(NumberedList { items, continues, interruption })
    }

    /// The last item of the numbered list that comes before another one in the same block, and what is
    /// between the two. A heading or a line across the page ends a procedure.
    fn list_before(&self, list: BlockId) -> Option<Interruption> {
        let parent = self.blocks[list].parent();
        let mut parts = Vec::new();
        for id in (parent.map_or(0, |parent| parent + 1)..list).rev().filter(|id| self.blocks[*id].parent() == parent) {
            match self.blocks[id].kind {
                BlockKind::List { ordered: true } => {
                    let Some(after) = self.numbered_items(id).last() else { continue };
                    let gap = self.blocks[after.block].span.end..self.blocks[list].span.start;
                    parts.extend(self.comments_in(gap));
                    parts.sort_by_key(|part: &Span| part.start);
                    return Some(Interruption { after, parts });
                }
                BlockKind::Heading(_) | BlockKind::Rule => return None,
                _ => parts.push(self.blocks[id].span),
            }
        }
        None
    }

    fn comments_in(&self, part: Range<u32>) -> impl Iterator<Item = Span> + '_ {
        let first = self.comments.partition_point(|comment| comment.span.start < part.start);
        self.comments[first..].iter().map(|comment| comment.span).take_while(move |comment| comment.end <= part.end)
    }

    fn numbered_items(&self, list: BlockId) -> impl Iterator<Item = NumberedItem> {
        self.children(list).filter_map(|item| self.numbered_item(item))
    }

    fn numbered_item(&self, block: BlockId) -> Option<NumberedItem> {
        let &ListItem { written, shown, marker, content_column } = self.blocks[block].item()?;
        Some(NumberedItem { block, written: written?, shown: shown?, marker, content_column })
    }

    /// Whether nothing but blocks and comments that should have been indented is between two lists. Text right
    /// below an item is part of it, and a tag that opens or closes around a list ends it anyhow.
    fn interrupts(&self, found: &Interruption, next: &NumberedItem) -> bool {
        let Some(first) = found.parts.first() else { return false };
        let above = self.source.line_span(self.source.line(first.start).saturating_sub(1));
        let set_off = above.is_some_and(|line| self.slice(line).trim_matches([' ', '\t', '>']).is_empty());
        let gap = self.blocks[found.after.block].span.end..next.marker.start;
        let start = self.tags.partition_point(|tag| tag.span.start < gap.start);
        let crossing = self.tags[start..].iter().take_while(|tag| tag.span.start < gap.end).any(|tag| {
            let partner = tag.partner.map(|partner| self.tags[partner].span.start);
            partner.is_some_and(|partner| !gap.contains(&partner))
        });
        set_off && !crossing
    }
}
