//! Reads the runs of a page with a CommonMark parser into blocks, inline elements and the reader's text.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag as MarkdownTag, TagEnd};

use super::html::RawTag;
use super::kramdown::{self, Ids};
use super::rendered::Rendered;
use super::segments::{FILLER, Segments};
use super::{Block, BlockId, BlockKind, FlatText, Heading, Image, Inline, InlineKind, Link, LinkForm, RawTable, Style};
use crate::source::{SourceFile, Span};

/// What the runs of a page hold.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    pub(super) text: FlatText,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
    pub(super) raw_tables: Vec<RawTable>,
    pub(super) undefined_references: Vec<Span>,
    /// Code in offsets of the rendered text, in order.
    pub(super) code: Vec<Range<usize>>,
}

/// The page as the reader is given it.
pub(super) struct Page<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) rendered: &'a Rendered,
    pub(super) segments: &'a Segments,
    pub(super) tags: &'a [RawTag],
    /// What `raw` protects, in source offsets.
    pub(super) raws: &'a [Span],
}

/// A link reference definition: `[label]: target`.
struct Definition {
    target: String,
    place: Range<usize>,
}

/// Reads all runs.
pub(super) fn read(page: &Page<'_>) -> Content {
    let definitions = definitions(page.segments);
    let mut reader = Reader {
        page,
        content: Content { text: FlatText::new(page.source.id()), ..Content::default() },
        ids: Ids::default(),
        style: Style::PLAIN,
        open_blocks: Vec::new(),
        open_inlines: Vec::new(),
        items: Vec::new(),
        raw_table: false,
        code_elements: code_elements(page.tags),
        alt: None,
    };
    for run in &page.segments.runs {
        reader.run(run.clone(), &definitions);
    }
    reader.content
}

/// Definitions count for the whole page, in whichever run they stand.
fn definitions(segments: &Segments) -> BTreeMap<String, Definition> {
    let mut found = BTreeMap::new();
    for run in segments.runs.iter().filter(|run| segments.masked[(*run).clone()].contains("]:")) {
        let parser = Parser::new_ext(&segments.masked[run.clone()], options());
        for (label, definition) in parser.reference_definitions().iter() {
            let place = run.start + definition.span.start..run.start + definition.span.end;
            found.entry(label.to_lowercase()).or_insert(Definition { target: definition.dest.to_string(), place });
        }
    }
    found
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

/// The content of `<code>` and `<pre>` elements.
fn code_elements(tags: &[RawTag]) -> Vec<Range<usize>> {
    let code =
        tags.iter().filter(|tag| tag.kind == super::TagKind::Open && matches!(tag.name.as_str(), "code" | "pre"));
    code.filter_map(|tag| Some(tag.range.end..tags[tag.partner?].range.start)).collect()
}

struct Reader<'a> {
    page: &'a Page<'a>,
    content: Content,
    ids: Ids,
    style: Style,
    open_blocks: Vec<BlockId>,
    open_inlines: Vec<(usize, Style)>,
    /// Numbers given so far in each open list.
    items: Vec<u32>,
    raw_table: bool,
    code_elements: Vec<Range<usize>>,
    /// The text of the image that is being read.
    alt: Option<String>,
}

impl Reader<'_> {
    fn run(&mut self, run: Range<usize>, definitions: &BTreeMap<String, Definition>) {
        let text = &self.page.segments.masked[run.clone()];
        let base = run.start;
        let mut undefined = Vec::new();
        let mut broken = |link: BrokenLink<'_>| {
            let known = definitions.get(&link.reference.to_lowercase());
            if known.is_none() {
                undefined.push(base + link.span.start..base + link.span.end);
            }
            known.map(|known| (CowStr::from(known.target.clone()), CowStr::from("")))
        };
        let parser = Parser::new_with_broken_link_callback(text, options(), Some(&mut broken));
        for (event, range) in parser.into_offset_iter() {
            self.event(event, base + range.start..base + range.end, definitions);
        }
        let page = self.page;
        self.content.undefined_references.extend(undefined.into_iter().map(|range| page.span(range)));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, definitions: &BTreeMap<String, Definition>) {
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) => self.code(range),
            Event::SoftBreak => self.push(" ", range),
            Event::HardBreak => {
                self.inline(InlineKind::Break, range.clone(), range.end..range.end);
                self.close_inline();
                self.push(" ", range);
            }
            Event::Rule => {
                self.block(BlockKind::Rule, range);
                self.close_block();
            }
            Event::Html(_) | Event::InlineHtml(_) => self.skip_or_text(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: MarkdownTag<'_>, range: Range<usize>, definitions: &BTreeMap<String, Definition>) {
        match tag {
            MarkdownTag::Heading { level, id, .. } => self.heading(level as u8, id.as_deref(), range),
            MarkdownTag::Paragraph => self.block(BlockKind::Paragraph, range),
            MarkdownTag::BlockQuote(_) => self.block(BlockKind::Quote, range),
            MarkdownTag::CodeBlock(_) => self.code_block(range),
            MarkdownTag::List(number) => {
                self.items.push(0);
                self.block(BlockKind::List { ordered: number.is_some() }, range);
            }
            MarkdownTag::Item => self.item(range),
            MarkdownTag::Table(_) => self.table(range),
            MarkdownTag::TableHead => self.table_part(BlockKind::Row { header: true, cells: 0 }, range),
            MarkdownTag::TableRow => self.table_part(BlockKind::Row { header: false, cells: 0 }, range),
            MarkdownTag::TableCell => self.table_part(BlockKind::Cell { column: 0 }, range),
            MarkdownTag::HtmlBlock => self.block(BlockKind::Html, range),
            MarkdownTag::DefinitionList => self.block(BlockKind::Definitions, range),
            MarkdownTag::DefinitionListTitle => self.block(BlockKind::Term, range),
            MarkdownTag::DefinitionListDefinition => self.block(BlockKind::Definition, range),
            MarkdownTag::Emphasis => self.styled(InlineKind::Emphasis, Style::EMPHASIS, range, 1),
            MarkdownTag::Strong => self.styled(InlineKind::Strong, Style::STRONG, range, 2),
            MarkdownTag::Link { link_type, dest_url, id, .. } => {
                self.link(link_type, &dest_url, &id, range, definitions);
            }
            MarkdownTag::Image { link_type, dest_url, id, .. } => {
                self.image(link_type, &dest_url, &id, range, definitions);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::HtmlBlock
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Item => self.close_block(),
            TagEnd::CodeBlock => {
                self.style = self.style.without(Style::CODE);
                self.close_block();
            }
            TagEnd::List(_) => {
                self.items.pop();
                self.close_block();
            }
            TagEnd::Table => {
                self.raw_table = false;
                self.close_block();
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell if !self.raw_table => self.close_block(),
            TagEnd::Emphasis | TagEnd::Strong => {
                self.close_inline();
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        if !self.content.text.is_empty() && !self.content.text.as_str().ends_with('\n') {
            let end = self.page.rendered.source(range.start..range.start).start;
            self.content.text.push("\n", end..end, Style::PLAIN);
        }
        let end = range.start + self.page.rendered.text()[range.clone()].trim_end().len();
        let text = self.content.text.len() as u32;
        let inlines = self.content.inlines.len() as u32;
        self.content.blocks.push(Block {
            kind,
            span: self.page.span(range.start..end),
            parent: self.open_blocks.last().copied(),
            text: text..text,
            inlines: inlines..inlines,
        });
        self.open_blocks.push(self.content.blocks.len() - 1);
    }

    fn close_block(&mut self) {
        let Some(id) = self.open_blocks.pop() else { return };
        let (text, inlines) = (self.content.text.len() as u32, self.content.inlines.len() as u32);
        let block = &mut self.content.blocks[id];
        block.text.end = text.max(block.text.start);
        block.inlines.end = inlines;
    }

    fn heading(&mut self, level: u8, id: Option<&str>, range: Range<usize>) {
        let index = self.content.headings.len();
        self.block(BlockKind::Heading(index), range.clone());
        self.style = Style::HEADING;
        let block = self.content.blocks.len() - 1;
        let line = self.page.rendered.text()[range.clone()].trim_end();
        let marker = if line.starts_with('#') { line.find(|c| c != '#').unwrap_or(line.len()) } else { 0 };
        self.content.headings.push(Heading {
            level,
            setext: marker == 0,
            span: self.page.span(range.start..range.start + line.len()),
            content: self.page.span(range.start + marker..range.start + line.len()),
            text: String::new(),
            id: id.map(str::to_owned).unwrap_or_default(),
            block,
        });
    }

    fn end_heading(&mut self) {
        self.style = Style::PLAIN;
        self.close_block();
        let Some(heading) = self.content.headings.last_mut() else { return };
        let range = &self.content.blocks[heading.block].text;
        let text = &self.content.text.as_str()[range.start as usize..range.end as usize];
        heading.text = text.trim().to_owned();
        if range.start < range.end {
            let trimmed = range.start as usize + (text.len() - text.trim_start().len());
            let end = range.start as usize + text.trim_end().len();
            heading.content = self.content.text.span_of(trimmed.min(end)..end);
        }
        if heading.id.is_empty() {
            heading.id = self.ids.next(&heading.text);
        }
    }

    fn code_block(&mut self, range: Range<usize>) {
        let line = self.page.rendered.text()[range.clone()].lines().next().unwrap_or_default();
        let info = line.trim_start_matches(['`', '~']);
        let start = range.start + line.len() - info.len();
        let word = info.trim();
        let lead = info.len() - info.trim_start().len();
        let fenced = line.len() > info.len();
        let language = (fenced && !word.is_empty()).then(|| self.page.span(start + lead..start + lead + word.len()));
        self.content.code.push(range.clone());
        self.block(BlockKind::Code { language }, range);
        self.style = self.style.with(Style::CODE);
    }

    fn item(&mut self, range: Range<usize>) {
        let text = &self.page.rendered.text()[range.clone()];
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let marker = digits + 1;
        let written = text[..digits].parse().ok();
        let shown = self.items.last_mut().map(|count| {
            *count += 1;
            *count
        });
        let blanks = text[marker.min(text.len())..].bytes().take_while(|byte| *byte == b' ').count();
        let line = self.page.rendered.text()[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let content_column = (range.start - line + marker + blanks.clamp(1, 4)) as u32;
        let marker = self.page.span(range.start..range.start + marker.min(text.len()));
        self.block(BlockKind::Item { written, shown: shown.filter(|_| digits > 0), marker, content_column }, range);
    }

    /// kramdown wants a block boundary on both sides of a table and a pipe in each line.
    fn table(&mut self, range: Range<usize>) {
        let before = self.line_before(range.start);
        match before {
            Some(before) => {
                let end = range.start + self.page.rendered.text()[range.clone()].trim_end().len();
                self.content
                    .raw_tables
                    .push(RawTable { span: self.page.span(range.start..end), before: self.page.span(before) });
                self.raw_table = true;
                self.block(BlockKind::Paragraph, range);
            }
            None => self.block(BlockKind::Table { columns: 0, rows: 0 }, range),
        }
    }

    /// The line of text right before a table, which keeps kramdown from seeing the table.
    fn line_before(&self, start: usize) -> Option<Range<usize>> {
        let text = &self.page.segments.masked;
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        if line == 0 || !text[line..start].trim_matches(['>', ' ', '\t']).is_empty() {
            return None;
        }
        let previous = text[..line - 1].rfind('\n').map_or(0, |at| at + 1);
        let content = text[previous..line].trim().trim_start_matches(['>', ' ']);
        let run = self.page.segments.runs.partition_point(|run| run.start <= start);
        let at_run_start = run > 0 && self.page.segments.runs[run - 1].start >= line;
        let only_marker = is_item_marker(content);
        if content.is_empty() || only_marker || at_run_start {
            return None;
        }
        let shown = self.page.rendered.text()[previous..line].trim_end();
        let lead = shown.len() - shown.trim_start().len();
        Some(previous + lead..previous + shown.len())
    }

    fn table_part(&mut self, kind: BlockKind, range: Range<usize>) {
        if self.raw_table {
            self.push(" ", range.start..range.start);
            return;
        }
        let kind = match kind {
            BlockKind::Row { header, .. } => {
                let cells = kramdown::cells(&self.page.rendered.text()[range.clone()]);
                if let Some(table) = self.open_blocks.last()
                    && let BlockKind::Table { columns, rows } = &mut self.content.blocks[*table].kind
                {
                    *columns = (*columns).max(cells);
                    *rows += u32::from(!header);
                }
                BlockKind::Row { header, cells }
            }
            BlockKind::Cell { .. } => {
                let row = self.open_blocks.last().copied();
                let before = self.content.blocks.iter().rev().take_while(|block| block.parent >= row);
                let column =
                    before.filter(|block| block.parent == row && matches!(block.kind, BlockKind::Cell { .. })).count();
                BlockKind::Cell { column: column as u32 }
            }
            other => other,
        };
        self.block(kind, range);
    }

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
        self.inline(kind, range, content);
        self.style = self.style.with(style);
    }

    fn link(
        &mut self,
        form: LinkType,
        target: &str,
        label: &str,
        range: Range<usize>,
        definitions: &BTreeMap<String, Definition>,
    ) {
        let index = self.content.links.len();
        self.inline(InlineKind::Link(index), range.clone(), range.clone());
        self.style = self.style.with(Style::LINK);
        let mail = form == LinkType::Email && !target.starts_with("mailto:");
        let (form, place) = self.target(form, target, label, &range, definitions);
        let target = if mail { format!("mailto:{target}") } else { target.to_owned() };
        self.content.links.push(Link {
            form,
            span: self.page.span(range),
            target,
            target_span: self.page.span(place),
            text: 0..0,
        });
    }

    fn end_link(&mut self) {
        let Some(index) = self.close_inline() else { return };
        let inline = &mut self.content.inlines[index];
        let text = inline.text.start as usize..inline.text.end as usize;
        inline.content = if text.is_empty() { inline.span.at_start() } else { self.content.text.span_of(text) };
        if let InlineKind::Link(link) = inline.kind {
            self.content.links[link].text = inline.text.clone();
        }
    }

    fn image(
        &mut self,
        form: LinkType,
        target: &str,
        label: &str,
        range: Range<usize>,
        definitions: &BTreeMap<String, Definition>,
    ) {
        let index = self.content.images.len();
        self.inline(InlineKind::Image(index), range.clone(), range.clone());
        let (form, place) = self.target(form, target, label, &range, definitions);
        let (span, target_span) = (self.page.span(range), self.page.span(place));
        self.content.images.push(Image { form, span, target: target.to_owned(), target_span, alt: None });
        self.alt = Some(String::new());
    }

    fn end_image(&mut self) {
        let alt = self.alt.take();
        let index = self.close_inline();
        if let Some(InlineKind::Image(image)) = index.map(|index| self.content.inlines[index].kind) {
            self.content.images[image].alt = alt;
        }
    }

    /// How a link is written and where its target stands.
    fn target(
        &self,
        form: LinkType,
        target: &str,
        label: &str,
        range: &Range<usize>,
        definitions: &BTreeMap<String, Definition>,
    ) -> (LinkForm, Range<usize>) {
        let text = &self.page.rendered.text()[range.clone()];
        match form {
            LinkType::Autolink | LinkType::Email => (LinkForm::Autolink, range.start + 1..range.end - 1),
            LinkType::Inline => {
                let open = text.rfind("](").map_or(0, |at| at + 2);
                let written = text[open..].trim_end_matches(')');
                let lead = written.len() - written.trim_start().len();
                let length = if written.trim_start().starts_with(target) {
                    target.len()
                } else {
                    written.trim().split([' ', '"']).next().unwrap_or_default().len()
                };
                (LinkForm::Inline, range.start + open + lead..range.start + open + lead + length)
            }
            _ => {
                let known = definitions.get(&label.to_lowercase());
                (LinkForm::Reference, known.map_or(range.clone(), |known| known.place.clone()))
            }
        }
    }

    fn code(&mut self, range: Range<usize>) {
        let text = &self.page.rendered.text()[range.clone()];
        let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
        let (start, end) = (range.start + ticks, range.end.saturating_sub(ticks).max(range.start + ticks));
        let inner = &self.page.rendered.text()[start..end];
        // kramdown takes the blanks at the edges away.
        let lead = inner.len() - inner.trim_start().len();
        let content =
            if inner.trim().is_empty() { start..start } else { start + lead..start + lead + inner.trim().len() };
        self.content.code.push(range.clone());
        self.inline(InlineKind::Code, range, content.clone());
        self.style = self.style.with(Style::CODE);
        let mut at = content.start;
        for line in self.page.rendered.text()[content.clone()].split_inclusive(['\n', '\r']) {
            let shown = line.trim_end_matches(['\n', '\r']);
            self.push(shown, at..at + shown.len());
            if line.ends_with('\n') {
                self.push(" ", at + shown.len()..at + line.len());
            }
            at += line.len();
        }
        self.close_inline();
    }

    /// Text between the tags in it. What the parser replaced (an entity) stands for its whole range.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(alt) = &mut self.alt {
            alt.push_str(text);
            return;
        }
        if text.len() != range.len() {
            self.push(text, range);
            return;
        }
        if self.style.has(Style::CODE) {
            self.push_lines(range);
            return;
        }
        let mut at = range.start;
        let masked = &self.page.segments.masked.as_bytes()[..range.end];
        while at < range.end {
            let filler = memchr::memchr(FILLER, &masked[at..]).map_or(range.end, |offset| at + offset);
            self.push_lines(at..filler);
            at = filler;
            while at < range.end && masked[at] == FILLER {
                at += 1;
            }
            if at > filler {
                self.tag_text(filler..at);
            }
        }
    }

    /// What a tag shows: a line break, or nothing. A filler that is no tag is a character of the page.
    fn tag_text(&mut self, range: Range<usize>) {
        let tags = self.page.tags;
        let first = tags.partition_point(|tag| tag.range.end <= range.start);
        let inside: Vec<&RawTag> = tags[first..].iter().take_while(|tag| tag.range.start < range.end).collect();
        if inside.is_empty() {
            self.push_lines(range);
        } else if inside.iter().any(|tag| tag.name == "br") {
            self.push(" ", range);
        }
    }

    fn push_lines(&mut self, range: Range<usize>) {
        let text = self.page.rendered.text();
        self.push(&text[range.clone()], range);
    }

    /// HTML that Markdown saw although the tags are overwritten: an autolink-like text.
    fn skip_or_text(&mut self, range: Range<usize>) {
        self.push_lines(range);
    }

    /// Adds to the reader's text, split where something was left out of the source or the style changes.
    fn push(&mut self, text: &str, range: Range<usize>) {
        let rendered = self.page.rendered;
        if text.len() != range.len() {
            let source = rendered.source(range.clone());
            let style = self.style_of(&range, source.start);
            self.content.text.push(text, source, style);
            return;
        }
        for part in rendered.parts(range.clone()) {
            let source = rendered.source(part.clone());
            let style = self.style_of(&part, source.start);
            self.content.text.push(&text[part.start - range.start..part.end - range.start], source, style);
        }
    }

    fn style_of(&self, range: &Range<usize>, source: usize) -> Style {
        let mut style = self.style;
        if self.code_elements.iter().any(|code| code.start <= range.start && range.end <= code.end) {
            style = style.with(Style::CODE);
        }
        let behind = self.page.raws.partition_point(|raw| raw.range().start <= source);
        if behind > 0 && source < self.page.raws[behind - 1].range().end {
            style = style.with(Style::RAW);
        }
        style
    }
}

impl Page<'_> {
    /// The source of a range of the rendered text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(self.rendered.source(range))
    }
}

/// `5.` or `*` alone.
fn is_item_marker(content: &str) -> bool {
    let number = content
        .strip_suffix('.')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    number || matches!(content, "*" | "-" | "+")
}
