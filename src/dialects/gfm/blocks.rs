//! The blocks of a page: where each starts and ends, what its marker says.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Tag, TagEnd};

use super::{Reader, autolinks};
use crate::guide::{Block, BlockId, BlockKind, Heading, InlineKind, ListItem, Style};

impl Reader<'_> {
    pub(super) fn start_of_block(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_block(BlockKind::Paragraph, range),
            Tag::Heading { level, .. } => self.open_heading(level as u8, range),
            Tag::BlockQuote(_) => self.open_block(BlockKind::Quote, range),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => self.language(&info, range),
                    CodeBlockKind::Indented => None,
                };
                self.open_block(BlockKind::Code { language: language.map(|range| self.span(&range)) }, range);
                self.style = Style::CODE;
            }
            Tag::List(first) => self.open_block(BlockKind::List { ordered: first.is_some() }, range),
            Tag::Item => self.open_item(range),
            Tag::Table(columns) => {
                self.open_block(BlockKind::Table { columns: columns.len() as u32, rows: 0 }, range);
            }
            Tag::TableHead => self.open_row(true, range),
            Tag::TableRow => self.open_row(false, range),
            Tag::TableCell => self.open_cell(range),
            _ => {}
        }
    }

    pub(super) fn end_of_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => self.close_block(),
            TagEnd::CodeBlock => {
                self.style = Style::PLAIN;
                self.close_block();
            }
            TagEnd::Item => {
                self.close_leaf();
                self.close_block();
            }
            _ => {}
        }
    }

    pub(super) fn open_block(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.close_leaf();
        if !self.flat.is_empty() && !self.flat.as_str().ends_with('\n') {
            let source = self.positions.source(&(range.start..range.start));
            self.flat.push("\n", source, Style::PLAIN);
        }
        let length = self.body[range.clone()].trim_end_matches(['\n', '\r', ' ']).len();
        let (text, inlines) = (self.flat.len() as u32, self.inlines.len() as u32);
        let span = self.span(&(range.start..range.start + length));
        let mut block = Block::new(kind, span, self.open_blocks.last().copied());
        (block.text, block.inlines) = (text..text, inlines..inlines);
        self.open_blocks.push(self.blocks.len());
        self.blocks.push(block);
    }

    pub(super) fn close_block(&mut self) {
        let Some(id) = self.open_blocks.pop() else { return };
        if matches!(self.blocks[id].kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Cell { .. }) {
            self.autolinks(id);
        }
        self.open_links.clear();
        self.open_code = 0;
        self.blocks[id].text.end = self.flat.len() as u32;
        self.blocks[id].inlines.end = self.inlines.len() as u32;
    }

    /// The text of a tight item is a paragraph of its own in the model.
    pub(super) fn leaf(&mut self, range: &Range<usize>) {
        let in_item =
            self.open_blocks.last().is_some_and(|block| matches!(self.blocks[*block].kind, BlockKind::Item(_)));
        if self.alt.is_none() && in_item {
            self.open_block(BlockKind::Paragraph, range);
        }
        if let Some(block) = self.leaf_of_item() {
            let end = self.positions.source(range).end;
            let span = &mut self.blocks[block].span;
            span.end = span.end.max(end as u32);
        }
    }

    /// The paragraph of a tight item, if one is open.
    fn leaf_of_item(&self) -> Option<BlockId> {
        let block = *self.open_blocks.last()?;
        let parent = self.blocks[block].parent()?;
        let is_leaf = self.blocks[block].kind == BlockKind::Paragraph;
        (is_leaf && matches!(self.blocks[parent].kind, BlockKind::Item(_))).then_some(block)
    }

    /// Ends the paragraph of a tight item: no event does.
    fn close_leaf(&mut self) {
        if self.leaf_of_item().is_some() {
            self.close_block();
        }
    }

    fn open_heading(&mut self, level: u8, range: &Range<usize>) {
        let index = self.headings.len();
        self.open_block(BlockKind::Heading(index), range);
        let block = self.blocks.len() - 1;
        let span = self.blocks[block].span;
        self.headings.push(Heading {
            level,
            setext: !self.body[range.clone()].trim_start().starts_with('#'),
            span,
            content: span.at_end(),
            text: String::new(),
            id: String::new(),
            block,
        });
        self.style = Style::HEADING;
    }

    fn close_heading(&mut self) {
        self.style = Style::PLAIN;
        let Some(heading) = self.headings.last() else { return };
        let (level, block, setext, span) = (heading.level, heading.block, heading.setext, heading.span);
        let written = self.source.slice(span);
        let content = if setext { setext_content(written) } else { atx_content(written) };
        let start = span.start as usize;
        let content = self.source.span(start + content.start..start + content.end);
        let text = self.flat.as_str()[self.blocks[block].text.start as usize..].trim().to_owned();
        let id = self.slugs.next(&text, level);
        if let Some(heading) = self.headings.last_mut() {
            (heading.content, heading.text, heading.id) = (content, text, id);
        }
        self.close_block();
    }

    fn open_item(&mut self, range: &Range<usize>) {
        let written = &self.body[range.clone()];
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        let marker = digits + 1;
        let number = written[..digits].parse().ok();
        let shown = number.map(|first| self.number_in_list(first));
        let spaces = written.get(marker..).map_or(0, |rest| rest.bytes().take_while(|byte| *byte == b' ').count());
        // Five spaces and more start indented code; an item that starts with an empty line has one.
        let spaces = if (1..=4).contains(&spaces) { spaces } else { 1 };
        let line = crate::source::line_start(self.body, range.start);
        let item = ListItem {
            written: number,
            shown,
            marker: self.span(&(range.start..(range.start + marker).min(range.end))),
            content_column: (range.start - line + marker + spaces) as u32,
        };
        self.open_block(BlockKind::Item(Box::new(item)), range);
    }

    /// CommonMark counts on from the number of the first item (section 5.3).
    fn number_in_list(&self, first: u32) -> u32 {
        let Some(list) = self.open_blocks.last().copied() else { return first };
        let mut inside = self.blocks[list + 1..].iter().rev().filter(|block| block.parent() == Some(list));
        let before = inside.find_map(|block| block.item()?.shown);
        before.map_or(first, |before| before + 1)
    }

    fn open_row(&mut self, header: bool, range: &Range<usize>) {
        let cells = cells(&self.body[range.clone()]);
        if !header
            && let Some(table) = self.open_blocks.last()
            && let BlockKind::Table { rows, .. } = &mut self.blocks[*table].kind
        {
            *rows += 1;
        }
        self.open_block(BlockKind::Row { header, cells }, range);
    }

    fn open_cell(&mut self, range: &Range<usize>) {
        let column = match self.blocks.last().map(|block| &block.kind) {
            Some(BlockKind::Cell { column }) => column + 1,
            _ => 0,
        };
        self.open_block(BlockKind::Cell { column }, range);
    }

    /// The first word after a fence.
    fn language(&self, info: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let word = info.split_whitespace().next()?;
        let line = self.body[range.clone()].lines().next()?;
        let start = range.start + line.find(word)?;
        Some(start..start + word.len())
    }

    /// Bare addresses in the text of a block become links.
    fn autolinks(&mut self, block: BlockId) {
        let start = self.blocks[block].text.start as usize;
        let found: Vec<(Range<usize>, String)> = autolinks::find(&self.flat.as_str()[start..])
            .into_iter()
            .map(|(range, target)| (start + range.start..start + range.end, target))
            .filter(|(range, _)| !self.is_set_apart(range))
            .collect();
        for (range, target) in found {
            self.add_autolink(block, &range, target);
        }
        let first = self.blocks[block].inlines.start as usize;
        self.inlines[first..].sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
    }

    fn is_set_apart(&self, range: &Range<usize>) -> bool {
        self.flat.any_has(range.clone(), Style::CODE) || self.flat.any_has(range.clone(), Style::LINK)
    }

    fn add_autolink(&mut self, block: BlockId, range: &Range<usize>, target: String) {
        let span = self.flat.span_of(range.clone());
        let text = range.start as u32..range.end as u32;
        let link = self.links.len();
        self.links.push(crate::guide::Link {
            form: crate::guide::LinkForm::Autolink,
            span,
            target,
            target_span: span,
            text: text.clone(),
        });
        self.inlines.push(crate::guide::Inline { kind: InlineKind::Link(link), span, content: span, text, block });
    }
}

/// How many cells are written in a row: pipes after a backslash separate none.
fn cells(row: &str) -> u32 {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let mut cells = 1;
    for byte in row.bytes() {
        cells += u32::from(byte == b'|' && !escaped);
        escaped = byte == b'\\' && !escaped;
    }
    let ends_in_pipe = row.ends_with('|') && !row.ends_with("\\|");
    cells - u32::from(ends_in_pipe)
}

/// The content of a heading such as `## Text ##`.
fn atx_content(written: &str) -> Range<usize> {
    let marker = written.bytes().take_while(|byte| *byte == b'#').count();
    let start = marker + (written[marker..].len() - written[marker..].trim_start().len());
    let text = written[start..].trim_end();
    let closed = text.trim_end_matches('#');
    // A closing run of `#` follows a space.
    let text = if closed.is_empty() || closed.ends_with([' ', '\t']) { closed.trim_end() } else { text };
    start..start + text.len()
}

/// The content of an underlined heading.
fn setext_content(written: &str) -> Range<usize> {
    let text = written.trim_end().rfind('\n').map_or(written, |end| &written[..end]);
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
