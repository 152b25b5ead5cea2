//! Reads the text of all blocks: inline elements, links, images, and what the reader sees.
//!
//! A CommonMark parser reads emphasis, links, images, escapes and character references in the
//! [`Document`], unless a text is simple; code spans and tags come from the document's atoms, text that is not in it is
//! shown as written. Blocks are finished here too: only their text tells how far they reach in the reader's text.

mod html_elements;
mod links;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag as MarkdownTag, TagEnd};

use self::html_elements::OpenElement;
use super::blocks::{Blocks, Body, normalise};
use super::masks::{AtomKind, Document, Leaf, Part};
use super::{Block, BlockId, BlockKind, FlatText, Image, Inline, InlineKind, Link, Page, Style};
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
}

/// Reads the text of all blocks.
pub(super) fn read(page: &Page<'_>, blocks: &Blocks, document: &Document) -> Content {
    let mut undefined = Vec::new();
    let mut resolve = |link: BrokenLink<'_>| {
        let known = blocks.definitions.get(&normalise(&link.reference));
        if known.is_none() {
            undefined.push(link.span.clone());
        }
        known.map(|known| (CowStr::from(known.target.clone()), CowStr::from("")))
    };
    let options = Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_with_broken_link_callback(&document.unread, options, Some(&mut resolve));
    let mut events = parser.into_offset_iter().peekable();
    let mut reader = Reader {
        page,
        blocks,
        document,
        content: Content {
            blocks: Vec::with_capacity(blocks.drafts.len()),
            inlines: Vec::with_capacity(blocks.drafts.len()),
            text: FlatText::with_capacity(page.source.id(), page.rendered.text().len()),
            ..Content::default()
        },
        style: Style::PLAIN,
        open_blocks: Vec::new(),
        open_inlines: Vec::new(),
        elements: Vec::new(),
        atom: 0,
        alt: None,
        gap: None,
    };
    let mut leaves = document.leaves.iter().peekable();
    for block in 0..blocks.drafts.len() {
        let leaf = leaves.next_if(|leaf| leaf.block == block);
        reader.block(block, leaf, &mut events);
    }
    reader.close_blocks(None);
    let mut content = reader.content;
    drop(events);
    undefined.sort_by_key(|range: &Range<usize>| (range.start, range.end));
    undefined.dedup();
    content.undefined_references =
        undefined.into_iter().map(|range| page.span(document.rendered(document.of_parser(range)))).collect();
    content
}

struct Reader<'a> {
    page: &'a Page<'a>,
    blocks: &'a Blocks,
    document: &'a Document,
    content: Content,
    style: Style,
    open_blocks: Vec<BlockId>,
    /// Inline elements, and the style around them.
    open_inlines: Vec<(usize, Style)>,
    elements: Vec<OpenElement>,
    /// The first atom that is not read yet.
    atom: usize,
    /// The text of the image that is being read.
    alt: Option<String>,
    /// A line end in HTML, which is shown only if text follows on the same line of the reader.
    gap: Option<Range<usize>>,
}

impl Reader<'_> {
    fn block<'e>(
        &mut self,
        block: BlockId,
        leaf: Option<&Leaf>,
        events: &mut Peekable<impl Iterator<Item = (Event<'e>, Range<usize>)>>,
    ) {
        let draft = &self.blocks.drafts[block];
        self.close_blocks(draft.parent);
        self.start_line(draft.range.start);
        let (text, inlines) = (self.content.text.len() as u32, self.content.inlines.len() as u32);
        self.content.blocks.push(Block {
            kind: draft.kind.clone(),
            span: self.page.span(draft.range.clone()),
            parent: draft.parent,
            text: text..text,
            inlines: inlines..inlines,
        });
        self.open_blocks.push(block);
        if matches!(draft.kind, BlockKind::Heading(_)) {
            self.style = Style::HEADING;
        }
        match &draft.body {
            Body::Code(lines) => self.code_lines(lines.clone()),
            Body::Html(_) => self.style = Style::HTML,
            Body::Text(lines) if leaf.is_none() => self.plain_lines(lines.clone()),
            Body::Text(_) | Body::None => {}
        }
        if let Some(leaf) = leaf {
            self.leaf(leaf, events);
        }
        self.style = Style::PLAIN;
    }

    fn leaf<'e>(&mut self, leaf: &Leaf, events: &mut Peekable<impl Iterator<Item = (Event<'e>, Range<usize>)>>) {
        if let Some(parts) = &leaf.parts {
            for (part, range) in &self.document.parts[parts.clone()] {
                self.part(*part, range.clone());
            }
        } else {
            let skipped = leaf.skipped;
            while let Some((event, range)) = events.next_if(|(_, range)| range.start + skipped < leaf.range.end) {
                self.event(event, range.start + skipped..range.end + skipped);
            }
        }
        self.finish_leaf();
    }

    /// Blocks are separated by a line feed.
    fn start_line(&mut self, place: usize) {
        self.gap = None;
        if !self.content.text.is_empty() && !self.content.text.as_str().ends_with('\n') {
            let source = self.page.rendered.source(place..place);
            self.content.text.push("\n", source, Style::PLAIN);
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
    fn finish_leaf(&mut self) {
        while self.close_inline().is_some() {}
        while let Some(element) = self.elements.pop() {
            self.close_element(&element);
        }
        self.alt = None;
        self.gap = None;
    }

    fn fill_gap(&mut self) {
        if let Some(gap) = self.gap.take() {
            self.push_parts(" ", gap);
        }
    }

    fn code_lines(&mut self, lines: Range<usize>) {
        self.style = Style::CODE;
        let page = self.page.rendered.text();
        for (index, line) in self.blocks.lines[lines].iter().enumerate() {
            if index > 0 {
                self.push("\n", line.start..line.start);
            }
            self.push(line.text(page), line.start..line.end);
        }
    }

    /// Text without marks; lines become one.
    fn plain_lines(&mut self, lines: Range<usize>) {
        let page = self.page.rendered.text();
        let mut before: Option<usize> = None;
        for line in self.blocks.lines[lines].iter().map(|line| line.trimmed(page)) {
            if let Some(before) = before {
                self.push(" ", before..line.start);
            }
            before = Some(line.end);
            self.push(line.text(page), line.start..line.end);
        }
    }

    fn part(&mut self, part: Part, range: Range<usize>) {
        match part {
            Part::Text => self.document_text(range),
            Part::Emphasis => self.styled(InlineKind::Emphasis, Style::EMPHASIS, range, 1),
            Part::Strong => self.styled(InlineKind::Strong, Style::STRONG, range, 2),
            Part::End => {
                self.close_inline();
            }
            Part::Link => self.link(LinkType::Inline, "", "", range),
            Part::LinkEnd => self.end_link(),
            Part::LineEnd => self.line_break(range),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                self.close_inline();
            }
            Event::End(TagEnd::Link) => self.end_link(),
            Event::End(TagEnd::Image) => self.end_image(),
            Event::Text(text) => self.text(&text, range),
            Event::SoftBreak => self.line_break(range),
            Event::HardBreak => {
                let rendered = self.document.rendered(range.clone());
                self.inline(InlineKind::Break, rendered.clone(), rendered.end..rendered.end);
                self.close_inline();
                self.line_break(range);
            }
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => self.document_text(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: MarkdownTag<'_>, range: Range<usize>) {
        match tag {
            MarkdownTag::Emphasis => self.styled(InlineKind::Emphasis, Style::EMPHASIS, range, 1),
            MarkdownTag::Strong => self.styled(InlineKind::Strong, Style::STRONG, range, 2),
            MarkdownTag::Link { link_type, dest_url, id, .. } => self.link(link_type, &dest_url, &id, range),
            MarkdownTag::Image { link_type, dest_url, id, .. } => self.image(link_type, &dest_url, &id, range),
            _ => {}
        }
    }

    /// Opens an inline element; ranges are of the rendered text.
    fn inline(&mut self, kind: InlineKind, range: Range<usize>, content: Range<usize>) {
        let text = self.content.text.len() as u32;
        let block = self.open_blocks.last().copied().unwrap_or_default();
        let (span, content) = (self.page.span(range), self.page.span(content));
        self.content.inlines.push(Inline { kind, span, content, text: text..text, block });
        self.open_inlines.push((self.content.inlines.len() - 1, self.style));
    }

    fn close_inline(&mut self) -> Option<usize> {
        let (index, style) = self.open_inlines.pop()?;
        self.style = style;
        self.content.inlines[index].text.end = self.content.text.len() as u32;
        Some(index)
    }

    fn styled(&mut self, kind: InlineKind, style: Style, range: Range<usize>, marker: usize) {
        let content = range.start + marker..range.end.saturating_sub(marker).max(range.start + marker);
        self.inline(kind, self.document.rendered(range), self.document.rendered(content));
        self.style = self.style.with(style);
    }

    /// Text with atoms in it. What the parser replaced (a character reference) stands for its whole range.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if text.len() == range.len() {
            self.document_text(range);
        } else if let Some(alt) = &mut self.alt {
            alt.push_str(text);
        } else {
            self.push(text, self.document.rendered(range));
        }
    }

    /// The page's text in a range of the document, with its atoms.
    fn document_text(&mut self, range: Range<usize>) {
        let document = self.document;
        let mut at = range.start;
        while at < range.end {
            while document.atoms.get(self.atom).is_some_and(|atom| atom.range.end <= at) {
                self.atom += 1;
            }
            let next = document.atoms.get(self.atom).filter(|atom| atom.range.start < range.end);
            let Some(atom) = next else { return self.written(at..range.end) };
            self.written(at..atom.range.start.max(at));
            self.atom += 1;
            at = atom.range.end;
            match &atom.kind {
                AtomKind::Tag(tag) => self.html_tag(&document.tags[*tag]),
                AtomKind::Code(content) => self.code(atom.range.clone(), content.clone()),
                AtomKind::Hidden => {}
            }
        }
    }

    /// A code span. Its blanks are shown, but next to more than one backtick.
    fn code(&mut self, range: Range<usize>, content: Range<usize>) {
        let written = &self.document.original[content.clone()];
        let start = content.start + (written.len() - written.trim_start().len());
        let trimmed = start..start + written.trim().len();
        let rendered = self.document.rendered(trimmed.clone());
        self.inline(InlineKind::Code, self.document.rendered(range.clone()), rendered);
        self.style = self.style.with(Style::CODE);
        self.written(if content.start - range.start > 1 { trimmed } else { content });
        self.close_inline();
    }

    /// The page's text as it is written; lines become one.
    fn written(&mut self, range: Range<usize>) {
        let document = self.document;
        let mut before: Option<usize> = None;
        for (part, rendered) in document.rendered_parts(range) {
            let text = &document.original[part];
            if let Some(alt) = &mut self.alt {
                alt.push_str(text);
                continue;
            }
            if let Some(before) = before {
                self.push(" ", before..rendered.start);
            }
            before = Some(rendered.end);
            self.push(text, rendered);
        }
    }

    /// Between two lines: a blank, or a new line in `<pre>`.
    fn line_break(&mut self, range: Range<usize>) {
        if let Some(alt) = &mut self.alt {
            alt.push(' ');
            return;
        }
        let start = self.document.rendered(range.start.saturating_sub(1)..range.start).end;
        let next = self.document.rendered_parts(range.start..usize::MAX).next();
        let end = next.map_or(start, |(_, rendered)| rendered.start).max(start);
        let is_html = self.open_blocks.last().is_some_and(|block| self.content.blocks[*block].kind == BlockKind::Html);
        if self.elements.iter().any(OpenElement::keeps_lines) {
            self.push("\n", start..end);
        } else if !is_html {
            self.push(" ", start..end);
        } else if !self.content.text.as_str().is_empty() && !self.content.text.as_str().ends_with('\n') {
            self.gap = Some(start..end);
        }
    }

    /// Adds to the reader's text, split where something was left out of the source or the style changes.
    fn push(&mut self, text: &str, range: Range<usize>) {
        self.fill_gap();
        self.push_parts(text, range);
    }

    fn push_parts(&mut self, mut text: &str, mut range: Range<usize>) {
        let rendered = self.page.rendered;
        if text.len() != range.len() {
            let source = rendered.source(range);
            let style = self.style_at(source.start);
            self.content.text.push(text, source, style);
            return;
        }
        while !range.is_empty() {
            let source = rendered.first_source(range.clone());
            let (part, rest) = text.split_at(source.len());
            let style = self.style_at(source.start);
            self.content.text.push(part, source, style);
            text = rest;
            range.start += part.len();
        }
    }

    fn style_at(&self, source: usize) -> Style {
        let style = self.elements.iter().fold(self.style, |style, element| style.with(element.style));
        let raws = &self.page.liquid.raws;
        let behind = raws.partition_point(|raw| raw.range().start <= source);
        let is_raw = behind > 0 && source < raws[behind - 1].range().end;
        if is_raw { style.with(Style::RAW) } else { style }
    }
}
