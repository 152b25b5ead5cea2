//! Headings with their ids, and the sections they start.

use std::collections::BTreeMap;

use super::Page;
use crate::dialects::html::is_word;
use crate::dialects::kramdown::blocks::{Blocks, HeadingDraft};
use crate::dialects::kramdown::inline::Content;
use crate::guide::{Block, BlockId, BlockKind, Heading};

/// The headings of a page, whose blocks get their index.
pub(super) fn headings(page: &Page<'_>, blocks: &Blocks, content: &mut Content) -> Vec<Heading> {
    let mut ids = Ids::default();
    let published: Vec<BlockId> = (0..content.blocks.len())
        .filter(|block| matches!(content.blocks[*block].kind, BlockKind::Heading(_)))
        .collect();
    let mut headings = Vec::with_capacity(published.len());
    for (index, block) in published.into_iter().enumerate() {
        let (draft, id_text) = &content.headings[index];
        let draft = &blocks.headings[*draft];
        let id = ids.of(draft, block, blocks, content, id_text);
        headings.push(heading(page, draft, content, block, id));
        content.blocks[block].kind = BlockKind::Heading(index);
    }
    headings
}

fn heading(page: &Page<'_>, draft: &HeadingDraft, content: &Content, block: BlockId, id: String) -> Heading {
    let Block { span, text, .. } = &content.blocks[block];
    Heading {
        level: content.options.level(draft.level),
        setext: draft.setext,
        span: *span,
        content: page.span(draft.content.clone()),
        text: content.text.as_str()[text.start as usize..text.end as usize].trim().to_owned(),
        id,
        block,
    }
}

/// Gives out heading ids. kramdown counts repeated ones in two places that do not know of each other: its
/// GFM parser, which leaves out the content of HTML elements, and its HTML converter, which does the rest.
#[derive(Debug, Default)]
struct Ids {
    by_parser: BTreeMap<String, usize>,
    by_converter: BTreeMap<String, usize>,
}

impl Ids {
    /// The id of a heading: that of its attributes, that after its text, or one made of its text.
    fn of(&mut self, draft: &HeadingDraft, block: BlockId, blocks: &Blocks, content: &Content, text: &str) -> String {
        let options = &content.options;
        let own = draft.attributes.id.clone().or_else(|| {
            let lists = draft.attributes.references.iter().filter_map(|name| blocks.attributes.get(name));
            lists.filter_map(|list| list.id.clone()).next_back()
        });
        let in_html = blocks.bodies[draft.block].in_html;
        match own.or(draft.id.clone()) {
            _ if is_replaced(block, content) => String::new(),
            Some(id) => id,
            None if !options.auto_ids => String::new(),
            None if in_html || !options.gfm => format!("{}{}", options.auto_id_prefix, self.next_in_html(text)),
            None => format!("{}{}", options.auto_id_prefix, self.next(text)),
        }
    }

    /// `generate_gfm_header_id`: words and hyphens in lower case, spaces as hyphens.
    fn next(&mut self, text: &str) -> String {
        let lower = text.chars().flat_map(char::to_lowercase);
        let kept = lower.filter(|c| is_word(*c) || matches!(c, '-' | ' ' | '\t'));
        let mut id = String::with_capacity(text.len());
        id.extend(kept.map(|c| if matches!(c, ' ' | '\t') { '-' } else { c }));
        numbered(&mut self.by_parser, id)
    }

    /// `basic_generate_id`: from the first ASCII letter on, ASCII letters, digits and hyphens in lower case,
    /// spaces as hyphens; `section` if nothing is left.
    fn next_in_html(&mut self, text: &str) -> String {
        let start = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let kept = text[start..].chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        let mut id = String::with_capacity(text.len());
        id.extend(kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }));
        if id.is_empty() {
            id.push_str("section");
        }
        numbered(&mut self.by_converter, id)
    }
}

/// Whether a heading is in the list where the table of contents is published.
fn is_replaced(heading: BlockId, content: &Content) -> bool {
    let mut around = std::iter::successors(Some(heading), |block| content.blocks[*block].parent());
    content.contents.is_some() && around.any(|block| Some(block) == content.contents)
}

fn numbered(given: &mut BTreeMap<String, usize>, id: String) -> String {
    if let Some(count) = given.get_mut(&id) {
        *count += 1;
        return format!("{id}-{count}");
    }
    given.insert(id.clone(), 0);
    id
}
