//! Pages of Jekyll: Liquid first, then kramdown 2.4 by its own rules.
//!
//! Blocks are read line by line (`blocks`), then their text (`inline`, which asks `spans` what it is made of).

mod attributes;
mod blocks;
mod byte_set;
mod entities;
mod headings;
mod inline;
mod lines;
mod options;
mod rendered;
mod spans;

use std::ops::Range;
use std::sync::Arc;

use self::rendered::Rendered;
use super::html;
use super::{hide_secrets, sections};
use crate::dialect::Dialect;
use crate::guide::{Comment, Derived, Guide, Liquid, front_matter, liquid};
use crate::source::{SourceFile, Span};

pub use options::Options;

/// A page while it is being read.
struct Page<'a> {
    source: &'a SourceFile,
    rendered: &'a Rendered<'a>,
    liquid: &'a Liquid,
}

impl Page<'_> {
    /// The source of a range of the rendered text.
    fn span(&self, range: Range<usize>) -> Span {
        self.source.span(self.rendered.source(range))
    }
}

pub(super) fn parse(source: Arc<SourceFile>, options: &Options) -> Guide {
    let (source, secrets) = hide_secrets(source);
    let (front_matter, start) = front_matter::read(&source);
    let body = start..source.text().len();
    let (liquid, cuts) = liquid::read(&source, body.clone());
    let page_source = Arc::clone(&source);
    let rendered = Rendered::new(page_source.text(), body.clone(), &cuts);
    let page = Page { source: &page_source, rendered: &rendered, liquid: &liquid };
    let mut blocks = blocks::read(&page, options);
    let raw_tables = blocks.raw_tables(&page);
    let mut content = inline::read(&page, &mut blocks);
    let headings = headings::headings(&page, &blocks, &mut content);
    let sections = sections(&headings, content.blocks.len());
    blocks.tags.append(&mut content.tags);
    blocks.comments.append(&mut content.comments);
    blocks.printed_tags.append(&mut content.printed_tags);
    blocks.printed_tags.sort_by_key(|range| range.start);
    blocks.ids.append(&mut content.ids);
    blocks.ids.extend(blocks.footnotes.keys().flat_map(|label| [format!("fn:{label}"), format!("fnref:{label}")]));
    Guide {
        dialect: Dialect::Kramdown,
        front_matter,
        body: source.span(body),
        sections,
        headings,
        tags: html::published(page.rendered.text(), blocks.tags, |range| page.span(range)),
        printed_tags: blocks.printed_tags.into_iter().map(|range| page.span(range)).collect(),
        comments: comments(&page, blocks.comments),
        extensions: blocks.extensions.iter().map(|range| page.span(range.clone())).collect(),
        attribute_ids: blocks.ids,
        raw_tables,
        swallowed: blocks.swallowed.map(|range| page.span(range)),
        blocks: content.blocks,
        inlines: content.inlines,
        text: content.text,
        links: content.links,
        images: content.images,
        undefined_references: content.undefined_references,
        secrets,
        liquid,
        source,
        derived: Derived::default(),
    }
}

fn comments(page: &Page<'_>, mut comments: Vec<Range<usize>>) -> Vec<Comment> {
    comments.sort_by_key(|range| range.start);
    let comment = |range: Range<usize>| {
        let content = range.start + "<!--".len()..range.end - "-->".len();
        Comment { span: page.span(range), content: page.span(content) }
    };
    comments.into_iter().map(comment).collect()
}
