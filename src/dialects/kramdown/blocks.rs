//! Reads the blocks of a rendered page as kramdown 2.4 does (GFM input): which lines are a heading, an
//! item, a table, HTML, text.
//!
//! A page is read container by container: the lines of a quote or list item are collected first, then read
//! as blocks of their own. What is inside a line of text is left to [`super::spans`].

mod definitions;
mod extensions;
mod html;
mod lists;
mod math;
mod raw_html;
mod scope;
mod tables;
mod text;

use std::collections::BTreeMap;
use std::ops::Range;

pub(super) use self::definitions::normalise;
use self::scope::{Child, Scope};
use super::lines;
use super::{Options, Page};
use crate::dialects::html::RawTag;
use crate::dialects::kramdown::attributes::AttributeList;
use crate::dialects::kramdown::lines::Line;
use crate::guide::{Block, BlockId, BlockKind};
use crate::source::Span;

/// How deep quotes and list items may nest; deeper ones are read as text.
const MAX_DEPTH: usize = 50;

/// The blocks of a page, in offsets of its rendered text.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// In document order, parents before children. What the reader sees of them is not known yet.
    pub(super) list: Vec<Block>,
    /// How many of them are not in footnotes.
    pub(super) own: usize,
    /// What each of them holds besides blocks.
    pub(super) bodies: Vec<Body>,
    /// What [`Content`] points into.
    pub(super) lines: Vec<Line>,
    pub(super) headings: Vec<HeadingDraft>,
    /// Link reference definitions by normalised label.
    pub(super) definitions: BTreeMap<String, Definition>,
    /// Attribute lists that others refer to.
    pub(super) attributes: BTreeMap<String, AttributeList>,
    /// Footnotes by label: their blocks in the list, after those of the page.
    pub(super) footnotes: BTreeMap<String, Range<BlockId>>,
    /// What the page sets.
    pub(super) options: Options,
    /// The list where the table of contents is published.
    pub(super) contents: Option<BlockId>,
    /// What [`Content::Html`] points into.
    pub(super) html: Vec<HtmlPart>,
    /// Tags between blocks.
    pub(super) tags: Vec<RawTag>,
    /// Where tags between blocks are printed as text.
    pub(super) printed_tags: Vec<Range<usize>>,
    /// Comments between blocks.
    pub(super) comments: Vec<Range<usize>>,
    /// `{::name ... /}`.
    pub(super) extensions: Vec<Range<usize>>,
    /// The ids that attribute lists set.
    pub(super) ids: Vec<String>,
    /// The first numbers that attribute lists set.
    pub(super) starts: BTreeMap<BlockId, u32>,
    /// From the first element whose end is missing, so that kramdown prints its content unchanged.
    pub(super) swallowed: Option<Range<usize>>,
}

/// What is known of a block besides its place.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) content: Content,
    /// Whether it is in an HTML element, where the GFM parser leaves some things undone.
    pub(super) in_html: bool,
}

/// What a block holds besides blocks; ranges are of [`Blocks::lines`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    None,
    /// Lines of text with inline elements.
    Text(Range<u32>),
    /// A part of one line of such text: a range of the page. Most cells of tables are one.
    Part(Range<u32>),
    /// HTML whose text is not read as Markdown: a range of [`Blocks::html`].
    Html(Range<u32>),
    Code(Range<u32>),
}

/// A part of HTML whose text is not read as Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlPart {
    /// Text, within one line.
    Text(Line),
    /// The index into [`Blocks::tags`].
    Tag(usize),
}

/// What a heading has besides its block.
#[derive(Debug)]
pub(super) struct HeadingDraft {
    pub(super) level: u8,
    pub(super) setext: bool,
    pub(super) content: Range<usize>,
    /// The id that is written after it, `{#id}`.
    pub(super) id: Option<String>,
    pub(super) attributes: AttributeList,
    pub(super) block: BlockId,
}

/// A link reference definition.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) target: String,
    pub(super) place: Range<usize>,
}

/// A footnote that is read when the page is.
struct Footnote {
    label: String,
    lines: Vec<Line>,
    depth: usize,
    /// The options where it is.
    options: Options,
}

/// Reads the blocks of a page, then those of its footnotes.
pub(super) fn read(page: &Page<'_>, options: &Options) -> Blocks {
    let text = page.rendered.text();
    let lines = lines::split(text);
    // A line is one block as a rule, and so is the cell after a pipe.
    let most = lines.len() + memchr::memchr_iter(b'|', text.as_bytes()).count();
    let found = Blocks {
        lines: Vec::with_capacity(most),
        list: Vec::with_capacity(most),
        bodies: Vec::with_capacity(most),
        options: options.clone(),
        ..Blocks::default()
    };
    let mut parser = BlockParser { page, text, in_html: false, footnotes: Vec::new(), found };
    parser.blocks(&mut Scope::new(lines, None, 0, false));
    parser.found.own = parser.found.list.len();
    parser.read_footnotes();
    parser.number_lists();
    parser.found
}

struct BlockParser<'a> {
    page: &'a Page<'a>,
    text: &'a str,
    /// Whether blocks are in an HTML element now.
    in_html: bool,
    /// Footnotes that are not read yet.
    footnotes: Vec<Footnote>,
    found: Blocks,
}

impl BlockParser<'_> {
    /// Numbers the items of the lists that do not begin with one.
    fn number_lists(&mut self) {
        for (list, first) in std::mem::take(&mut self.found.starts) {
            let end = self.found.list[list].span.end;
            let inside = self.found.list[list + 1..].iter_mut().take_while(|block| block.span.start < end);
            for (number, block) in (first..).zip(inside.filter(|block| block.parent() == Some(list))) {
                if let BlockKind::Item(item) = &mut block.kind {
                    item.shown = item.shown.map(|_| number);
                }
            }
        }
    }

    /// Reads the footnotes, and those that are defined in them.
    fn read_footnotes(&mut self) {
        let last = self.found.options.clone();
        while !self.footnotes.is_empty() {
            for footnote in std::mem::take(&mut self.footnotes) {
                let start = self.found.list.len();
                self.found.options = footnote.options;
                self.blocks(&mut Scope::new(footnote.lines, None, footnote.depth, true));
                self.found.footnotes.insert(footnote.label, start..self.found.list.len());
            }
        }
        self.found.options = last;
    }

    fn blocks(&mut self, scope: &mut Scope) {
        self.read_blocks(scope, 0);
        scope.close_elements();
        self.in_html = scope.in_html();
    }

    /// Reads the blocks of the element that was opened last, up to its end.
    fn blocks_in_element(&mut self, scope: &mut Scope) {
        self.read_blocks(scope, scope.open_elements());
        self.in_html = scope.in_html();
    }

    /// Reads blocks while at least so many elements are open, trying those of kramdown's parsers that a line's mark
    /// allows, in its order.
    fn read_blocks(&mut self, scope: &mut Scope, elements: usize) {
        while let Some(line) = scope.line().filter(|_| scope.open_elements() >= elements) {
            self.in_html = scope.in_html();
            if line.is_blank(self.text) {
                scope.skip_blank_lines(self.text);
                continue;
            }
            let mark = line.mark(self.text);
            let read = self.marked_block(scope, line, mark)
                || self.underlined_heading(scope, line)
                || matches!(mark, Some(b'$' | b'\\')) && self.math(scope, line)
                || self.table(scope, line)
                || self.definition_or_extension(scope, line, mark);
            if !read {
                // The line may be cut by now.
                self.paragraph(scope, scope.line().unwrap_or(line));
            }
        }
    }

    /// Reads a block that begins with a mark of its own, if it is one.
    fn marked_block(&mut self, scope: &mut Scope, line: Line, mark: Option<u8>) -> bool {
        match mark {
            None | Some(b'\t') => self.indented_code(scope, line),
            Some(b'`' | b'~') => self.fenced_code(scope, line),
            Some(b'>') => self.quote(scope, line),
            Some(b'#') => self.heading(scope, line),
            Some(b'*' | b'-' | b'_') => self.rule(scope, line) || self.list(scope, line),
            Some(b'+' | b'0'..=b'9') => self.list(scope, line),
            Some(b':') => self.definition_list(scope, line),
            Some(b'<') => self.html(scope, line),
            Some(_) => false,
        }
    }

    /// Reads a line that is not a block.
    fn definition_or_extension(&mut self, scope: &mut Scope, line: Line, mark: Option<u8>) -> bool {
        match mark {
            Some(b'[') => self.footnote(scope, line) || self.link_definition(scope, line),
            Some(b'*') => self.abbreviation(scope, line),
            Some(b'{') => self.extension(scope, line),
            Some(b'^') => self.boundary_marker(scope, line),
            _ => false,
        }
    }

    /// Adds a block to the content of the scope.
    fn add(&mut self, scope: &mut Scope, kind: BlockKind, range: Range<usize>, content: Content) -> BlockId {
        let span = self.trimmed(range);
        self.add_at(scope, kind, span, content)
    }

    /// Adds a block that is at `span` to the content of the scope.
    fn add_at(&mut self, scope: &mut Scope, kind: BlockKind, span: Span, content: Content) -> BlockId {
        let id = self.push_at(scope.parent, kind, span, content);
        scope.attributes = None;
        scope.children.push(Child::Block(id));
        id
    }

    /// Adds a block that covers `range`, without spaces at its end.
    fn push(&mut self, parent: Option<BlockId>, kind: BlockKind, range: Range<usize>, content: Content) -> BlockId {
        let span = self.trimmed(range);
        self.push_at(parent, kind, span, content)
    }

    fn push_at(&mut self, parent: Option<BlockId>, kind: BlockKind, span: Span, content: Content) -> BlockId {
        self.found.list.push(Block::new(kind, span, parent));
        self.found.bodies.push(Body { content, in_html: self.in_html });
        self.found.list.len() - 1
    }

    /// The source of a range without spaces at its end.
    fn trimmed(&self, range: Range<usize>) -> Span {
        let length = lines::trim_end(&self.text[range.clone()]).len();
        self.page.span(range.start..range.start + length)
    }

    fn keep(&mut self, lines: impl IntoIterator<Item = Line>) -> Range<u32> {
        let start = self.found.lines.len() as u32;
        self.found.lines.extend(lines);
        start..self.found.lines.len() as u32
    }
}
