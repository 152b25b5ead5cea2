//! What the reader sees of a page's blocks: their text, inline elements, links and images.
//!
//! [`super::spans`] says what a text is made of; here its parts get their places in the source and in the reader's
//! text. Blocks are finished here too: only their text shows how far they reach in it. Footnotes come last, in the
//! order of their marks; one without a mark is not published.

mod elements;
mod html_elements;
mod text;

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

use self::html_elements::OpenElement;
use super::spans;
use super::{Options, Page};
use crate::dialects::html::{RawAttribute, RawTag};
use crate::dialects::kramdown::blocks::{self, Blocks, HtmlPart};
use crate::dialects::kramdown::lines::{Line, leading_blanks, trim_end};
use crate::dialects::kramdown::spans::{Buffer, Context, SpanText, Spans};
use crate::guide::{Block, BlockId, BlockKind, FlatText, Image, Inline, Link, Style};
use crate::source::Span;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    pub(super) text: FlatText,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
    pub(super) undefined_references: Vec<Span>,
    /// Tags and comments within text, in offsets of the rendered text.
    pub(super) tags: Vec<RawTag>,
    pub(super) comments: Vec<Range<usize>>,
    /// Where tags within text are printed as text.
    pub(super) printed_tags: Vec<Range<usize>>,
    /// The headings that are published, by their index in [`Blocks::headings`], in order, each with the text that its
    /// id is made of.
    pub(super) headings: Vec<(usize, String)>,
    /// The list where the table of contents is published.
    pub(super) contents: Option<BlockId>,
    /// The options of the page.
    pub(super) options: Options,
    /// The ids that attribute lists within text set.
    pub(super) ids: Vec<String>,
}

/// Reads the text of all blocks, which are taken over.
pub(super) fn read(page: &Page<'_>, blocks: &mut Blocks) -> Content {
    let own = blocks.own;
    let of_footnotes = blocks.list.split_off(own);
    let content = Content {
        inlines: Vec::with_capacity(blocks.list.len()),
        blocks: std::mem::take(&mut blocks.list),
        text: FlatText::with_capacity(page.source.id(), page.rendered.text().len()),
        options: blocks.options.clone(),
        ..Content::default()
    };
    let labels = blocks.footnotes.keys().cloned().collect();
    let mut reader = Reader {
        page,
        blocks,
        labels: &labels,
        content,
        style: Style::PLAIN,
        open_blocks: Vec::new(),
        open_inlines: Vec::new(),
        elements: Vec::new(),
        gap: None,
        id_text: String::new(),
        footnotes: VecDeque::new(),
        marked: BTreeSet::new(),
        shift: 0,
    };
    let (mut buffer, mut found) = (Buffer::default(), Spans::default());
    reader.read_blocks(0..own, &mut buffer, &mut found);
    while let Some(footnote) = reader.footnotes.pop_front() {
        let first = reader.content.blocks.len();
        reader.shift = footnote.start - first;
        reader.publish(&of_footnotes[footnote.start - own..footnote.end - own]);
        reader.read_blocks(first..reader.content.blocks.len(), &mut buffer, &mut found);
    }
    reader.content
}

struct Reader<'a> {
    page: &'a Page<'a>,
    blocks: &'a Blocks,
    labels: &'a BTreeSet<String>,
    content: Content,
    style: Style,
    open_blocks: Vec<BlockId>,
    /// Inline elements, and the style around them.
    open_inlines: Vec<(usize, Style)>,
    elements: Vec<OpenElement>,
    /// A line end in HTML, which is shown only if text follows on the same line of the reader.
    gap: Option<Range<usize>>,
    /// What a heading's id is made of.
    id_text: String,
    /// Footnotes that were marked and are not read yet, and the labels of all that were marked.
    footnotes: VecDeque<Range<BlockId>>,
    marked: BTreeSet<String>,
    /// How many blocks before the one that is read are not published.
    shift: usize,
}

impl Reader<'_> {
    /// Adds the blocks of a footnote.
    fn publish(&mut self, blocks: &[Block]) {
        let parent = |block: &Block| block.parent().map(|parent| parent - self.shift);
        self.content.blocks.extend(blocks.iter().map(|block| block.clone().within(parent(block))));
    }

    fn read_blocks(&mut self, blocks: Range<BlockId>, buffer: &mut Buffer, found: &mut Spans) {
        for block in blocks {
            self.block(block, buffer, found);
        }
        self.close_blocks(None);
    }

    fn block(&mut self, id: BlockId, buffer: &mut Buffer, found: &mut Spans) {
        self.close_blocks(self.content.blocks[id].parent());
        self.start_line(self.content.blocks[id].span.start as usize);
        let (text, inlines) = (self.content.text.len() as u32, self.content.inlines.len() as u32);
        let block = &mut self.content.blocks[id];
        (block.text, block.inlines) = (text..text, inlines..inlines);
        self.open_blocks.push(id);
        if self.blocks.contents == Some(id + self.shift) {
            self.content.contents = Some(id);
        }
        let heading = if let BlockKind::Heading(heading) = block.kind { Some(heading) } else { None };
        if heading.is_some() {
            self.style = Style::HEADING;
        }
        self.id_text.clear();
        let blocks = self.blocks;
        match &blocks.bodies[id + self.shift].content {
            blocks::Content::Code(lines) => self.code_lines(blocks.lines(lines)),
            blocks::Content::Html(parts) => self.html_parts(&blocks.html[parts.start as usize..parts.end as usize]),
            blocks::Content::Text(lines) => {
                let joined = buffer.join(self.page.rendered.text(), blocks.lines(lines));
                self.text(id, joined, found);
            }
            blocks::Content::Part(Range { start, end }) => {
                let part = Line { start: *start as usize, end: *end as usize, pad: 0 };
                let joined = buffer.join(self.page.rendered.text(), &[part]);
                self.text(id, joined, found);
            }
            blocks::Content::None => {}
        }
        if let Some(heading) = heading {
            self.content.headings.push((heading, std::mem::take(&mut self.id_text)));
        }
        self.style = Style::PLAIN;
    }

    /// Blocks are separated by a line feed.
    fn start_line(&mut self, source: usize) {
        self.gap = None;
        if !self.content.text.is_empty() && !self.content.text.as_str().ends_with('\n') {
            self.content.text.push("\n", source..source, Style::PLAIN);
        }
    }

    /// Ends the blocks inside `parent`.
    fn close_blocks(&mut self, parent: Option<BlockId>) {
        let (text, inlines) = (self.content.text.len() as u32, self.content.inlines.len() as u32);
        while let Some(block) = self.open_blocks.pop_if(|block| Some(*block) != parent) {
            self.content.blocks[block].text.end = text;
            self.content.blocks[block].inlines.end = inlines;
        }
    }

    /// Ends what a block's text left open.
    fn finish_text(&mut self) {
        while self.close_inline().is_some() {}
        while let Some(element) = self.elements.pop() {
            self.close_element(&element);
        }
        self.gap = None;
    }

    fn code_lines(&mut self, lines: &[Line]) {
        self.style = Style::CODE;
        let page = self.page.rendered.text();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.push("\n", line.start..line.start);
            }
            self.push(line.text(page), line.start..line.end);
        }
    }

    /// HTML that is not read as Markdown.
    fn html_parts(&mut self, parts: &[HtmlPart]) {
        self.style = Style::HTML;
        let page = self.page.rendered.text();
        let mut end = None;
        for part in parts {
            match part {
                HtmlPart::Tag(tag) => {
                    let tag = &self.blocks.tags[*tag];
                    self.html_tag(tag);
                    end = Some(tag.range.end);
                }
                HtmlPart::Text(line) if line.is_blank(page) => {}
                HtmlPart::Text(line) => {
                    let mut line = *line;
                    if end.is_some_and(|end: usize| page[end.min(line.start)..line.start].contains(['\n', '\r'])) {
                        line = line.from(line.start + leading_blanks(line.text(page)));
                        self.line_break(end.unwrap_or(line.start)..line.start);
                    }
                    end = Some(line.end);
                    if page[line.end..].starts_with(['\n', '\r']) {
                        line.end = line.start + trim_end(line.text(page)).len();
                    }
                    self.raw_text(line);
                }
            }
        }
        self.finish_text();
    }

    /// A block's text.
    fn text(&mut self, id: BlockId, text: SpanText<'_>, found: &mut Spans) {
        let in_html = self.blocks.bodies[id + self.shift].in_html;
        let context = Context { definitions: &self.blocks.definitions, footnotes: self.labels, in_html };
        found.clear();
        let skipped = if self.is_task(id) { check_box(text.text) } else { 0 };
        spans::read(text.text, skipped, &context, &mut self.content.options, found);
        for tag in &mut found.tags {
            *tag = on_page(tag, &text);
        }
        for event in &found.events {
            self.event(event, &text, &found.tags);
        }
        self.finish_text();
        let undefined = found.undefined.iter().map(|range| self.page.span(text.on_page(range.clone())));
        self.content.undefined_references.extend(undefined);
        self.content.tags.append(&mut found.tags);
        let printed = found.printed.iter().map(|range| text.on_page(range.clone()));
        self.content.printed_tags.extend(printed);
    }

    /// Whether a block may begin with the box of a task.
    fn is_task(&self, id: BlockId) -> bool {
        let block = &self.content.blocks[id];
        let item = block.parent().filter(|parent| parent + 1 == id);
        let in_item = item.is_some_and(|item| matches!(self.content.blocks[item].kind, BlockKind::Item(_)));
        in_item && block.kind == BlockKind::Paragraph && self.content.options.gfm
    }
}

/// The `[ ]` or `[x]` of a task and the spaces after it, which a check box replaces: how long they are.
fn check_box(text: &str) -> usize {
    match text.as_bytes() {
        [b'[', b' ' | b'x' | b'X', b']', rest @ ..] => {
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blanks > 0 { 3 + blanks } else { 0 }
        }
        _ => 0,
    }
}

/// A tag of a block's text in offsets of the page.
fn on_page(tag: &RawTag, text: &SpanText<'_>) -> RawTag {
    let attribute = |attribute: &RawAttribute| RawAttribute {
        name: text.on_page(attribute.name.clone()),
        value: attribute.value.clone().map(|value| text.on_page(value)),
    };
    RawTag {
        range: text.on_page(tag.range.clone()),
        attributes: tag.attributes.iter().map(attribute).collect(),
        name: tag.name.clone(),
        ..*tag
    }
}
