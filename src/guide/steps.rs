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

    /// The number of the step after `item` that is a part of its text: no space follows its dot (`2.Select`), the dot is
    /// missing, or another sentence is before it. Before `next` that number has to be missing.
    pub fn lost_step(&self, item: &NumberedItem, next: Option<&NumberedItem>) -> Option<Span> {
        let number = item.written.checked_add(1)?;
        let end = next.map_or_else(|| self.first_lines(item.block).end, |next| next.marker.start);
        if next.is_some_and(|next| next.written <= number) {
            return None;
        }
        self.number_in(Span { end, ..item.marker }, number, next.is_some())
    }

    /// The text that an item begins with, up to what is nested in it.
    pub fn first_lines(&self, item: BlockId) -> Span {
        let span = self.blocks[item].span;
        let end = match self.children(item).next().map(|first| &self.blocks[first]) {
            Some(first) if first.kind == BlockKind::Paragraph => first.span.end,
            first => first.map_or(span.end, |first| first.span.start),
        };
        Span { end, ..span }
    }

    /// The number of the step before a list that begins with a later one, in the paragraph before it: `1.Open`.
    pub fn step_before(&self, list: &NumberedList) -> Option<Span> {
        let first = list.items.first().filter(|first| first.shown == 1 && first.written > 1)?;
        let list = self.blocks[first.block].parent()?;
        let before = &self.blocks[list.checked_sub(1)?];
        let is_beside = before.kind == BlockKind::Paragraph && before.parent() == self.blocks[list].parent();
        is_beside.then(|| self.number_in(before.span, first.written - 1, true)).flatten()
    }

    /// The number of the step after a list, in the paragraph after it: `3.Save`.
    pub fn step_after(&self, list: &NumberedList) -> Option<Span> {
        let step = list.items.last()?;
        let (list, number) = (self.blocks[step.block].parent()?, step.written.checked_add(1)?);
        let after = self.blocks.partition_point(|block| block.span.start < self.blocks[list].span.end);
        let after = self.blocks.get(after).filter(|after| after.kind == BlockKind::Paragraph)?;
        (after.parent() == self.blocks[list].parent()).then(|| self.number_in(after.span, number, false)).flatten()
    }

    /// Bullets right before a word, so that their lines belong to the item or the line before them. A star may also
    /// begin emphasized text.
    pub fn glued_bullets(&self) -> &[Span] {
        self.derived.glued_bullets.get_or_init(|| self.read_glued_bullets())
    }

    fn read_glued_bullets(&self) -> Vec<Span> {
        let is_bulleted = |id: &BlockId| self.blocks[*id].kind == BlockKind::List { ordered: false };
        let mut found = Vec::new();
        for list in (0..self.blocks.len()).filter(is_bulleted) {
            let Some(first) = self.children(list).next().and_then(|item| self.blocks[item].item()) else { continue };
            let before = list.checked_sub(1).map(|before| &self.blocks[before]).filter(|before| {
                let line = |offset| self.source.line(offset);
                let is_one_line = line(before.span.start) == line(before.span.end);
                let is_right_before = line(before.span.end) + 1 == line(self.blocks[list].span.start);
                before.kind == BlockKind::Paragraph && is_one_line && is_right_before
            });
            let items = self.children(list).map(|item| self.first_lines(item));
            for part in before.map(|before| before.span).into_iter().chain(items) {
                let lines = self.slice(part).split('\n').map(|line| line.trim_start_matches([' ', '\t', '>']));
                let starts = lines.filter(|line| is_glued(line, self.slice(first.marker)));
                let starts = starts.map(|line| line.as_ptr() as usize - self.source.text().as_ptr() as usize);
                let bullets = starts.map(|start| self.source.span(start..start + first.marker.len()));
                let begins = |bullet: Span| self.inlines_around(bullet).any(|inline| inline.span.start == bullet.start);
                found.extend(bullets.filter(|bullet| !begins(*bullet)));
            }
        }
        found
    }

    /// The step of an outer list after which a list was meant to go on there, by its numbers: 3 below step 2, with nothing
    /// or step 4 after it.
    pub fn outer_step(&self, list: &NumberedList) -> Option<NumberedItem> {
        let (first, end) = (list.items.first()?, list.items.last()?);
        let outer = self.blocks[self.blocks[first.block].parent()?].parent()?;
        let after = self.blocks.partition_point(|block| block.span.start < self.blocks[outer].span.end);
        let next = self.blocks.get(after).filter(|next| next.parent() == self.blocks[outer].parent());
        let next = next.and_then(|_| self.numbered_item(after));
        let outer = self.numbered_item(outer)?;
        let goes_on = first.shown == 1 && !list.continues && outer.written.checked_add(1) == Some(first.written);
        (goes_on && next.is_none_or(|next| end.written.checked_add(1) == Some(next.written))).then_some(outer)
    }

    /// A number with a dot, or another mark or none, in a part of the source where it begins no step of a list. Where it is not
    /// known to be missing, it is one only if it begins a line and its dot is right before a word.
    fn number_in(&self, part: Span, number: u32, is_missing: bool) -> Option<Span> {
        // A longer number is a year.
        const MOST_STEPS: u32 = 99;
        if number > MOST_STEPS {
            return None;
        }
        let (text, number) = (self.slice(part), number.to_string());
        let found = memchr::memmem::find_iter(text.as_bytes(), number.as_str()).find_map(|at| {
            let (before, rest) = (&text[..at], &text[at + number.len()..]);
            let is_first = matches!(before.trim_end_matches([' ', '\t', '>']).as_bytes().last(), None | Some(b'\n'));
            let mark = rest.chars().next().filter(|mark| ".,:;)".contains(*mark));
            let rest = mark.map_or(rest, |_| &rest[1..]);
            let is_spaced = rest.starts_with(' ');
            let begins = |c: char| c.is_uppercase() || "*_[`".contains(c);
            let begins_step = rest.trim_start_matches(' ').starts_with(begins);
            // "See Table 2. It has the names": the sentence before it has an end.
            let follows_end = before.trim_end().ends_with(['.', ':', '!', '?', ')', '*']) || before.trim().is_empty();
            let is_number = match (is_first, mark) {
                (true, Some('.')) => !is_spaced && (begins_step || is_missing && rest.starts_with(char::is_alphabetic)),
                (true, _) => is_missing && follows_end && begins_step && (mark.is_some() || is_spaced),
                (false, mark) => {
                    let is_spaced = is_spaced && before.ends_with(' ');
                    is_missing && follows_end && begins_step && mark == Some('.') && is_spaced
                }
            };
            is_number.then(|| at..at + number.len() + usize::from(mark.is_some()))
        })?;
        let start = part.range().start;
        Some(self.source.span(start + found.start..start + found.end)).filter(|place| !self.is_in_code(*place))
    }

    fn read_numbered_lists(&self) -> Vec<NumberedList> {
        let is_numbered = |id: &BlockId| self.blocks[*id].kind == BlockKind::List { ordered: true };
        (0..self.blocks.len()).filter(is_numbered).filter_map(|list| self.numbered_list(list)).collect()
    }

    fn numbered_list(&self, list: BlockId) -> Option<NumberedList> {
        let items: Vec<_> = self.numbered_items(list).collect();
        let first = items.first()?;
        let before = if first.written > 1 && first.shown == 1 { self.list_before(list) } else { None };
        let before = before.filter(|before| before.after.written < first.written);
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

/// Whether a line begins with a bullet right before the first of several words.
fn is_glued(line: &str, bullet: &str) -> bool {
    let words = line.strip_prefix(bullet).and_then(|rest| rest.trim_end().split_once(' '));
    words.is_some_and(|(word, _)| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.starts_with(char::is_uppercase) && !rest.is_empty() && rest.chars().all(char::is_lowercase)
    })
}
