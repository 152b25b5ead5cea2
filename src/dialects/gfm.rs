//! A page as GitHub publishes it: GitHub Flavored Markdown, read by pulldown-cmark with the places of its events.
//!
//! Front matter is cut off as for any page. What CommonMark leaves to GitHub is here: bare addresses that become links
//! (`autolinks`), tags in raw HTML (`tags`), and the ids of headings (`slugs`).

mod autolinks;
mod blocks;
mod code;
mod links;
mod raw_html;
mod slugs;
mod tags;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::links::{OpenLink, Written};
pub(super) use self::slugs::Slugs;
use super::html::{self, RawTag};
use super::positions::{Made, Positions};
use super::{hide_secrets, sections};
use crate::dialect::Dialect;
use crate::guide::{
    Block, BlockId, BlockKind, Comment, Derived, FlatText, FrontMatter, Guide, Heading, Image, Inline, InlineKind,
    Link, Liquid, Style, front_matter, liquid,
};
use crate::source::{SourceFile, Span};

/// The extensions of GitHub Flavored Markdown, and the footnotes and alerts that GitHub adds.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Parses a page. Never fails: all text is Markdown.
pub(super) fn parse(source: Arc<SourceFile>) -> Guide {
    let (source, secrets) = hide_secrets(source);
    let (front_matter, start) = front_matter::read(&source);
    let mut made = Made { text: String::new(), positions: Positions::from(start) };
    made.text.push_str(&source.text()[start..]);
    let body = source.span(start..source.text().len());
    Guide { front_matter, body, secrets, ..read(source, &made, Slugs::github()) }
}

/// Parses a page of Jekyll that kramdown does not read: without what Liquid takes out.
pub(super) fn parse_jekyll(source: Arc<SourceFile>) -> Guide {
    let (source, secrets) = hide_secrets(source);
    let (front_matter, start) = front_matter::read(&source);
    let body = start..source.text().len();
    let (liquid, cuts) = liquid::read(&source, body.clone());
    let (mut made, mut at) = (Made::default(), start);
    for cut in cuts {
        made.copy(source.text(), at..cut.range.start);
        made.write(&cut.instead, cut.range.start);
        at = cut.range.end;
    }
    made.copy(source.text(), at..body.end);
    let body = source.span(body);
    let dialect = Dialect::CommonMark;
    Guide { dialect, front_matter, body, liquid, secrets, ..read(source, &made, Slugs::github()) }
}

/// Reads a text that was made from a page. Front matter, body and secrets are left to the caller.
pub(super) fn read(source: Arc<SourceFile>, made: &Made, slugs: Slugs) -> Guide {
    let mut reader = Reader::new(&source, made, slugs);
    reader.read();
    let Reader { blocks, mut inlines, mut links, images, flat, headings, tags, comments, undefined, .. } = reader;
    links::sort(&mut links, &mut inlines);
    let sections = sections(&headings, blocks.len());
    Guide {
        dialect: Dialect::Gfm,
        front_matter: FrontMatter::default(),
        body: source.span(0..source.text().len()),
        tags: html::published(&made.text, tags, |range| source.span(made.positions.source(&range))),
        printed_tags: Vec::new(),
        comments,
        sections,
        headings,
        blocks,
        inlines,
        text: flat,
        links,
        images,
        undefined_references: undefined,
        secrets: Vec::new(),
        liquid: Liquid::default(),
        extensions: Vec::new(),
        attribute_ids: Vec::new(),
        raw_tables: Vec::new(),
        swallowed: None,
        source,
        derived: Derived::default(),
    }
}

/// An inline element whose end has not come yet.
struct OpenInline {
    index: usize,
    /// The style around it.
    style: Style,
    /// The source of what it contains, as far as it was read.
    content: Option<Range<usize>>,
}

/// Reads the events of one page.
struct Reader<'a> {
    source: &'a SourceFile,
    /// Where the parts of the text are written.
    positions: &'a Positions,
    /// The text that is read: offsets of events are its own.
    body: &'a str,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    links: Vec<Link>,
    images: Vec<Image>,
    flat: FlatText,
    headings: Vec<Heading>,
    tags: Vec<RawTag>,
    comments: Vec<Comment>,
    undefined: Vec<Span>,
    style: Style,
    open_blocks: Vec<BlockId>,
    open_inlines: Vec<OpenInline>,
    /// Links of HTML elements that are open.
    open_links: Vec<OpenLink>,
    /// HTML elements of code that are open in the block.
    open_code: usize,
    /// The text of the image that is being read.
    alt: Option<String>,
    /// Images that are open within that text.
    images_in_alt: usize,
    slugs: Slugs,
}

impl<'a> Reader<'a> {
    fn new(source: &'a SourceFile, made: &'a Made, slugs: Slugs) -> Self {
        let body = made.text.as_str();
        Self {
            source,
            positions: &made.positions,
            body,
            blocks: Vec::new(),
            inlines: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            flat: FlatText::with_capacity(source.id(), body.len()),
            headings: Vec::new(),
            tags: Vec::new(),
            comments: Vec::new(),
            undefined: Vec::new(),
            style: Style::PLAIN,
            open_blocks: Vec::new(),
            open_inlines: Vec::new(),
            open_links: Vec::new(),
            open_code: 0,
            alt: None,
            images_in_alt: 0,
            slugs,
        }
    }

    fn read(&mut self) {
        let mut undefined = Vec::new();
        let mut unresolved = |link: pulldown_cmark::BrokenLink<'_>| {
            undefined.push(link.span);
            None
        };
        let parser = Parser::new_with_broken_link_callback(self.body, EXTENSIONS, Some(&mut unresolved));
        let definitions: links::Definitions = parser
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (links::folded(label), definition.span.clone()))
            .collect();
        let mut html: Option<Range<usize>> = None;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    self.open_block(BlockKind::Html, &range);
                    html = Some(range);
                }
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some(range) = html.take() {
                        self.html(range, true);
                    }
                    self.close_block();
                }
                Event::Start(tag) => self.start_of(tag, &range, &definitions),
                Event::End(tag) => self.end_of(tag),
                Event::Text(text) => self.text(&text, range),
                Event::Code(code) => self.code(&code, range),
                Event::InlineHtml(_) => {
                    self.leaf(&range);
                    self.grow(&range);
                    self.html(range, false);
                }
                Event::SoftBreak => self.push(" ", &range),
                Event::HardBreak => self.line_break(&range),
                Event::Rule => {
                    self.open_block(BlockKind::Rule, &range);
                    self.close_block();
                }
                // HTML is read whole at the end of its block; the rest is not shown as text of the page.
                Event::Html(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => {}
            }
        }
        let mut undefined: Vec<Span> = undefined.into_iter().map(|range| self.span(&range)).collect();
        undefined.sort_unstable_by_key(|span| (span.start, span.end));
        undefined.dedup();
        self.undefined = undefined;
    }

    fn start_of(&mut self, tag: Tag<'_>, range: &Range<usize>, definitions: &links::Definitions) {
        match tag {
            Tag::Emphasis => self.open_inline(InlineKind::Emphasis, range, Style::EMPHASIS),
            Tag::Strong => self.open_inline(InlineKind::Strong, range, Style::STRONG),
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => self.leaf(range),
            Tag::Link { link_type: kind, dest_url, id, .. } => {
                self.open_link(&Written { kind, target: &dest_url, label: &id, range, definitions });
            }
            Tag::Image { link_type: kind, dest_url, id, .. } => {
                self.open_image(&Written { kind, target: &dest_url, label: &id, range, definitions });
            }
            tag => self.start_of_block(tag, range),
        }
    }

    fn end_of(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close_inline(),
            TagEnd::Image => self.close_image(),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            tag => self.end_of_block(tag),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(alt) = &mut self.alt {
            alt.push_str(text);
        } else {
            self.leaf(&range);
            self.push(text, &range);
        }
        self.grow(&range);
    }

    fn code(&mut self, code: &str, range: Range<usize>) {
        self.grow(&range);
        if let Some(alt) = &mut self.alt {
            alt.push_str(code);
            return;
        }
        self.leaf(&range);
        let content = code::content(self.body, &range);
        let start = self.flat.len() as u32;
        let style = self.style;
        self.style = style.with(Style::CODE);
        self.push(code, &content);
        self.style = style;
        let text = start..self.flat.len() as u32;
        self.add_inline(InlineKind::Code, &range, &content, text);
    }

    fn line_break(&mut self, range: &Range<usize>) {
        let start = self.flat.len() as u32;
        self.push(" ", range);
        let text = start..self.flat.len() as u32;
        self.add_inline(InlineKind::Break, range, range, text);
    }

    /// Adds text that a reader sees.
    fn push(&mut self, text: &str, range: &Range<usize>) {
        if let Some(alt) = &mut self.alt {
            alt.push_str(text);
            return;
        }
        let style = if self.open_code > 0 { self.style.with(Style::CODE) } else { self.style };
        // What is written as it is read keeps its places beside what was taken out.
        let mut at = range.start;
        if text.len() == range.len() {
            for seam in self.positions.seams(range) {
                let part = at..seam;
                let source = self.positions.source(&part);
                self.flat.push(&text[part.start - range.start..part.end - range.start], source, style);
                at = seam;
            }
        }
        let source = self.positions.source(&(at..range.end));
        self.flat.push(&text[at - range.start..], source, style);
    }

    fn add_inline(&mut self, kind: InlineKind, range: &Range<usize>, content: &Range<usize>, text: Range<u32>) {
        let block = self.open_blocks.last().copied().unwrap_or_default();
        let (span, content) = (self.span(range), self.span(content));
        self.inlines.push(Inline { kind, span, content, text, block });
    }

    fn open_inline(&mut self, kind: InlineKind, range: &Range<usize>, style: Style) {
        self.grow(range);
        if self.alt.is_some() {
            return;
        }
        self.leaf(range);
        let start = self.flat.len() as u32;
        self.open_inlines.push(OpenInline { index: self.inlines.len(), style: self.style, content: None });
        self.add_inline(kind, range, range, start..start);
        self.style = self.style.with(style);
    }

    fn close_inline(&mut self) {
        if self.alt.is_some() {
            return;
        }
        let Some(open) = self.open_inlines.pop() else { return };
        self.style = open.style;
        let span = self.inlines[open.index].span;
        let content = open.content.map_or(span.at_start(), |range| self.span(&range));
        let end = self.flat.len() as u32;
        let inline = &mut self.inlines[open.index];
        inline.content = content;
        inline.text.end = end;
        if let InlineKind::Link(link) = inline.kind {
            self.links[link].text.end = end;
        }
    }

    /// The elements around `range` contain it.
    fn grow(&mut self, range: &Range<usize>) {
        if let Some(open) = self.open_inlines.last_mut() {
            let content = open.content.get_or_insert_with(|| range.clone());
            content.end = content.end.max(range.end);
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.source.span(self.positions.source(range))
    }
}
