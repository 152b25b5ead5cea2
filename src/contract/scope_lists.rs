//! The other items of a list with scopes of a guide, which are probably scopes too.

use std::collections::{BTreeSet, HashSet};

use super::Contract;
use crate::guide::{BlockId, BlockKind, Guide, InlineKind};
use crate::scopes;
use crate::source::Span;

/// A word in a list of scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Where it is written.
    pub span: Span,
    /// What the reader sees.
    pub text: &'a str,
}

/// The words that are built like scopes and are next to the guide's scopes: in the same column, in
/// another item of the same list, or in another code span of the same paragraph. In order, without
/// the scopes themselves.
pub fn listed_beside<'a>(guide: &'a Guide, contract: &Contract) -> Vec<Listed<'a>> {
    let spans = contract.scopes.iter().filter_map(|scope| scope.span);
    let groups: BTreeSet<Group> = spans.filter_map(|span| group_of(guide, span)).collect();
    let members: BTreeSet<BlockId> = groups.into_iter().flat_map(|group| group.members(guide)).collect();
    let known: HashSet<&str> = contract.scopes.iter().map(|scope| scope.value.as_str()).collect();
    let words = members.into_iter().flat_map(|block| words(guide, block));
    words.filter(|word| !known.contains(word.text)).collect()
}

/// Blocks that hold members of one list.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// A column of a table.
    Column(BlockId, u32),
    /// The items of a list.
    Items(BlockId),
    /// One block.
    Single(BlockId),
}

/// The list that the innermost block around a scope is in.
fn group_of(guide: &Guide, scope: Span) -> Option<Group> {
    let id = guide.blocks_around(scope).max()?;
    let parent = |block: BlockId| guide.blocks[block].parent();
    let is_item = |block: &BlockId| matches!(guide.blocks[*block].kind, BlockKind::Item(_));
    if let BlockKind::Cell { column } = guide.blocks[id].kind {
        return Some(parent(id).and_then(parent).map_or(Group::Single(id), |table| Group::Column(table, column)));
    }
    let item = if is_item(&id) { Some(id) } else { parent(id).filter(is_item) };
    Some(item.and_then(parent).map_or(Group::Single(id), Group::Items))
}

impl Group {
    fn members(self, guide: &Guide) -> Vec<BlockId> {
        match self {
            Self::Column(table, column) => {
                let cells = guide.children(table).flat_map(|row| guide.children(row));
                cells.filter(|cell| guide.blocks[*cell].kind == BlockKind::Cell { column }).collect()
            }
            Self::Items(list) => guide.children(list).collect(),
            Self::Single(block) => vec![block],
        }
    }
}

/// The words of a block that are built like scopes: all of a cell, those of an item that is nothing
/// else, and what is set as code.
fn words(guide: &Guide, id: BlockId) -> Vec<Listed<'_>> {
    let block = &guide.blocks[id];
    let own = &guide.text.as_str()[guide.own_text(id)];
    let whole = matches!(block.kind, BlockKind::Cell { .. }) || is_token(own.trim());
    let code = guide.inlines_of(id).iter().filter(|inline| inline.kind == InlineKind::Code);
    let texts: Vec<&str> = if whole { vec![own] } else { code.map(|inline| guide.text_in(&inline.text)).collect() };
    let words = texts.into_iter().flat_map(scopes::words).map(|(_, word)| word);
    let listed = words.filter(|word| is_token(word)).map(|word| {
        let start = word.as_ptr() as usize - guide.text.as_str().as_ptr() as usize;
        Listed { span: guide.text.span_of(start..start + word.len()), text: word }
    });
    listed.collect()
}

/// Letters and digits with a mark inside that joins them, and a letter in each part: no version, no sentence.
fn is_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', ':', '_']).collect();
    let is_part = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    parts.len() > 1 && parts.iter().all(is_part)
}
