//! Headings with their ids, and the sections they start.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::blocks::{Blocks, HeadingDraft};
use super::inline::Content;
use super::{Heading, Page, Section};

/// The headings of a page.
pub(super) fn headings(page: &Page<'_>, blocks: &Blocks, content: &Content) -> Vec<Heading> {
    let mut ids = Ids::default();
    blocks.headings.iter().map(|draft| heading(page, draft, blocks, content, &mut ids)).collect()
}

fn heading(page: &Page<'_>, draft: &HeadingDraft, blocks: &Blocks, content: &Content, ids: &mut Ids) -> Heading {
    let block = &content.blocks[draft.block];
    let text = content.text.as_str()[block.text.start as usize..block.text.end as usize].trim().to_owned();
    let id = match &draft.id {
        Some(id) => id.clone(),
        None if blocks.drafts[draft.block].in_html => ids.next_in_html(&text),
        None => ids.next(&text),
    };
    Heading {
        level: draft.level,
        setext: draft.setext,
        span: block.span,
        content: page.span(draft.content.clone()),
        text,
        id,
        block: draft.block,
    }
}

/// Gives out heading ids. kramdown counts repeated ones in two places that do not know of each other: its
/// GFM parser, which leaves out what stands in HTML elements, and its HTML converter, which does the rest.
#[derive(Debug, Default)]
struct Ids {
    by_parser: BTreeMap<String, usize>,
    by_converter: BTreeMap<String, usize>,
}

impl Ids {
    /// `generate_gfm_header_id`: letters, digits, `_` and `-` in lower case, blanks as hyphens.
    fn next(&mut self, text: &str) -> String {
        let text = without_dashes(text).to_lowercase();
        let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\t'));
        let mut id = String::with_capacity(text.len());
        id.extend(kept.map(|c| if matches!(c, ' ' | '\t') { '-' } else { c }));
        numbered(&mut self.by_parser, id)
    }

    /// `basic_generate_id`: from the first ASCII letter on, ASCII letters, digits and hyphens in lower case,
    /// blanks as hyphens; `section` if nothing is left.
    fn next_in_html(&mut self, text: &str) -> String {
        let text = without_dashes(text);
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

fn numbered(given: &mut BTreeMap<String, usize>, id: String) -> String {
    if let Some(count) = given.get_mut(&id) {
        *count += 1;
        return format!("{id}-{count}");
    }
    given.insert(id.clone(), 0);
    id
}

/// kramdown prints `--` and `---` as dashes, which are no part of an id.
fn without_dashes(text: &str) -> Cow<'_, str> {
    if text.contains("--") { text.replace("---", "").replace("--", "").into() } else { text.into() }
}

/// A section per heading, and one before the first heading if a block stands there.
pub(super) fn sections(headings: &[Heading], blocks: usize) -> Vec<Section> {
    let first = headings.first().map_or(blocks, |heading| heading.block);
    let mut sections = Vec::with_capacity(headings.len() + 1);
    if first > 0 {
        sections.push(Section { heading: None, parent: None, blocks: 0..first });
    }
    let offset = sections.len();
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.pop_if(|above| headings[*above].level >= heading.level).is_some() {}
        let end = headings.get(index + 1).map_or(blocks, |next| next.block);
        let parent = open.last().map(|above| above + offset);
        sections.push(Section { heading: Some(index), parent, blocks: heading.block + 1..end });
        open.push(index);
    }
    sections
}
