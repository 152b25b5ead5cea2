//! The other items of a list with scopes of a guide, which are probably scopes too.

use super::{Contract, Found};
use crate::guide::{BlockId, BlockKind, Guide, InlineKind};
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
    let mut groups: Vec<BlockId> = Vec::new();
    for block in contract.scopes.iter().filter_map(|scope| block_of(guide, scope)) {
        groups.extend(members(guide, block));
    }
    groups.sort_unstable();
    groups.dedup();
    let mut found: Vec<Listed<'_>> = groups.into_iter().flat_map(|block| words(guide, block)).collect();
    found.retain(|word| contract.scopes.iter().all(|scope| scope.value != word.text));
    found
}

/// The innermost block that a scope is in.
fn block_of(guide: &Guide, scope: &Found<String>) -> Option<BlockId> {
    let span = scope.span?;
    guide.blocks.iter().rposition(|block| block.span.contains(span))
}

/// The blocks that hold the members of the list that `block` is one of.
fn members(guide: &Guide, block: BlockId) -> Vec<BlockId> {
    let parent = |block: BlockId| guide.blocks[block].parent();
    let kind = |block: BlockId| &guide.blocks[block].kind;
    if let BlockKind::Cell { column } = *kind(block) {
        let Some(table) = parent(block).and_then(parent) else { return vec![block] };
        let cells = guide.children(table).flat_map(|row| guide.children(row));
        return cells.filter(|cell| *kind(*cell) == BlockKind::Cell { column }).collect();
    }
    let item = if matches!(kind(block), BlockKind::Item(_)) { Some(block) } else { parent(block) };
    match item.filter(|item| matches!(kind(*item), BlockKind::Item(_))).and_then(parent) {
        Some(list) => guide.children(list).collect(),
        None => vec![block],
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
    let words = texts.into_iter().flat_map(|text| text.split(|c: char| c == ',' || c.is_whitespace()));
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
