//! Puts a page together: front matter, Liquid, segments, Markdown, HTML, outline.

use std::ops::Range;
use std::sync::Arc;

use super::html::{self, RawTag};
use super::markdown::{self, Content, Page};
use super::rendered::Rendered;
use super::{
    Attribute, Comment, FlatText, Guide, Heading, Image, InlineKind, Link, LinkForm, Secret, Section, Tag, TagKind,
    front_matter, liquid, secrets, segments,
};
use crate::source::SourceFile;

/// Parses a page.
pub(super) fn parse(source: Arc<SourceFile>) -> Guide {
    let (front_matter, start) = front_matter::read(&source);
    let body = start..source.text().len();
    let (liquid, cuts) = liquid::read(&source, body.clone());
    let rendered = Rendered::new(source.text(), body.clone(), &cuts);
    let mut tags = html::scan(rendered.text());
    let segments = segments::cut(rendered.text(), &mut tags);
    let page = Page { source: &source, rendered: &rendered, segments: &segments, tags: &tags, raws: &liquid.raws };
    let mut content = markdown::read(&page);
    content.code.sort_by_key(|range| range.start);
    let shown: Vec<bool> = tags.iter().map(|tag| !is_in(&content.code, tag.range.start)).collect();
    add_html_links(&page, &shown, &mut content);
    order_links(&mut content);
    let sections = sections(&content.headings, content.blocks.len());
    let comments = comments(&page, &shown);
    let extensions = segments.extensions.iter().map(|range| page.span(range.clone())).collect();
    let swallowed = segments.swallowed.clone().map(|range| page.span(range));
    let published = published_tags(&page, &shown);
    let secrets = secrets::find(&source);
    let source = if secrets.is_empty() { source } else { Arc::new(hide(source, &secrets)) };
    Guide {
        front_matter,
        body: source.span(body),
        blocks: content.blocks,
        inlines: content.inlines,
        text: content.text,
        headings: content.headings,
        sections,
        links: content.links,
        images: content.images,
        tags: published,
        comments,
        liquid,
        extensions,
        raw_tables: content.raw_tables,
        undefined_references: content.undefined_references,
        secrets,
        swallowed,
        source,
    }
}

/// The source with its secrets marked; its text is copied only if somebody else holds it.
fn hide(source: Arc<SourceFile>, secrets: &[Secret]) -> SourceFile {
    let mut own = Arc::unwrap_or_clone(source);
    own.hide(secrets.iter().map(|secret| secret.range.clone()));
    own
}

/// Whether one of the ranges, which are in order, holds `at`.
fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= at);
    ranges[..behind].last().is_some_and(|range| at < range.end)
}

/// `<a href>` and `<img src>` count like Markdown's links and images.
fn add_html_links(page: &Page<'_>, shown: &[bool], content: &mut Content) {
    let value = |tag: &RawTag, name: &str| {
        let attribute = tag
            .attributes
            .iter()
            .find(|attribute| page.rendered.text()[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        attribute.value.clone()
    };
    for (tag, _) in page.tags.iter().zip(shown).filter(|(tag, shown)| **shown && tag.kind != TagKind::Close) {
        let (name, key) = (tag.name.as_str(), if tag.name == "a" { "href" } else { "src" });
        let Some(target) = value(tag, key).filter(|_| name == "a" || name == "img") else { continue };
        let (span, target_span) = (page.span(tag.range.clone()), page.span(target.clone()));
        let target = page.rendered.text()[target].to_owned();
        if name == "a" {
            let end = tag.partner.map_or(tag.range.end, |partner| page.tags[partner].range.start);
            let text = flat_range(&content.text, page.rendered.source(tag.range.end..end.max(tag.range.end)));
            content.links.push(Link { form: LinkForm::Html, span, target, target_span, text });
        } else {
            let alt = value(tag, "alt").map(|range| page.rendered.text()[range].to_owned());
            content.images.push(Image { form: LinkForm::Html, span, target, target_span, alt });
        }
    }
}

/// Puts Markdown's and HTML's links and images in the order of the page.
fn order_links(content: &mut Content) {
    let links = order(&mut content.links, |link| link.span.start);
    let images = order(&mut content.images, |image| image.span.start);
    for inline in &mut content.inlines {
        match &mut inline.kind {
            InlineKind::Link(index) => *index = links[*index],
            InlineKind::Image(index) => *index = images[*index],
            _ => {}
        }
    }
}

/// Sorts a list; tells where each item went.
fn order<T>(list: &mut [T], place: impl Fn(&T) -> u32) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..list.len()).collect();
    sorted.sort_by_key(|index| place(&list[*index]));
    let mut places = vec![0; list.len()];
    for (to, from) in sorted.into_iter().enumerate() {
        places[from] = to;
    }
    list.sort_by_key(place);
    places
}

/// The part of the reader's text that comes from a range of the source.
fn flat_range(text: &FlatText, source: Range<usize>) -> Range<u32> {
    let mut pieces = text
        .pieces()
        .iter()
        .filter(|piece| (piece.source as usize) < source.end && piece.source as usize >= source.start);
    let Some(first) = pieces.next() else { return 0..0 };
    let last = pieces.next_back().unwrap_or(first);
    first.start..last.start + last.source_len
}

fn comments(page: &Page<'_>, shown: &[bool]) -> Vec<Comment> {
    let comments = page.tags.iter().zip(shown).filter(|(tag, shown)| tag.comment && **shown);
    comments
        .map(|(tag, _)| Comment {
            span: page.span(tag.range.clone()),
            content: page.span(tag.range.start + 4..tag.range.end - 3),
        })
        .collect()
}

fn published_tags(page: &Page<'_>, shown: &[bool]) -> Vec<Tag> {
    let mut numbers = Vec::with_capacity(page.tags.len());
    let mut count = 0;
    for (tag, shown) in page.tags.iter().zip(shown) {
        let kept = *shown && !tag.comment;
        numbers.push(kept.then_some(count));
        count += usize::from(kept);
    }
    let kept = page.tags.iter().zip(&numbers).filter(|(_, number)| number.is_some());
    kept.map(|(tag, _)| Tag {
        name: tag.name.clone(),
        span: page.span(tag.range.clone()),
        kind: tag.kind,
        attributes: tag
            .attributes
            .iter()
            .map(|attribute| Attribute {
                name: page.rendered.text()[attribute.name.clone()].to_ascii_lowercase(),
                span: page.span(attribute.name.clone()),
                value: attribute
                    .value
                    .clone()
                    .map(|range| (page.rendered.text()[range.clone()].to_owned(), page.span(range))),
            })
            .collect(),
        partner: tag.partner.and_then(|partner| numbers[partner]),
        unclosed: tag.unclosed,
    })
    .collect()
}

/// A section per heading, and one before the first heading if a block stands there.
fn sections(headings: &[Heading], blocks: usize) -> Vec<Section> {
    let first = headings.first().map_or(blocks, |heading| heading.block);
    let mut sections = Vec::with_capacity(headings.len() + 1);
    if first > 0 {
        sections.push(Section { heading: None, parent: None, blocks: 0..first });
    }
    let offset = sections.len();
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|above| headings[*above].level >= heading.level) {
            open.pop();
        }
        let end = headings.get(index + 1).map_or(blocks, |next| next.block);
        let parent = open.last().map(|above| above + offset);
        sections.push(Section { heading: Some(index), parent, blocks: heading.block + 1..end });
        open.push(index);
    }
    sections
}
