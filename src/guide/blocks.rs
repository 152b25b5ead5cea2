//! The blocks of a page: headings, paragraphs, lists, tables, and the sections that headings make.

use std::ops::Range;

use crate::source::Span;

/// Index into [`Guide::blocks`](super::Guide::blocks).
pub type BlockId = usize;

/// A block of the page.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its source, from its first marker to the end of its last line (line ending excluded).
    pub span: Span,
    /// The block that contains it, or [`NO_PARENT`]: a page of tables has very many blocks.
    parent: u32,
    /// What the reader sees of it (children included), as a range of bytes in [`Guide::text`](super::Guide::text).
    pub text: Range<u32>,
    /// Its inline elements (children included), as a range in [`Guide::inlines`](super::Guide::inlines).
    pub inlines: Range<u32>,
}

/// No block has this number.
const NO_PARENT: u32 = u32::MAX;

impl Block {
    /// A block of which it is not known yet what the reader sees.
    pub fn new(kind: BlockKind, span: Span, parent: Option<BlockId>) -> Self {
        Self { kind, span, parent: number(parent), text: 0..0, inlines: 0..0 }
    }

    /// The block that contains it.
    pub fn parent(&self) -> Option<BlockId> {
        (self.parent != NO_PARENT).then_some(self.parent as usize)
    }

    /// What is known of it, if it is a list item.
    pub fn item(&self) -> Option<&ListItem> {
        match &self.kind {
            BlockKind::Item(item) => Some(item),
            _ => None,
        }
    }

    /// The same block in another one.
    #[must_use]
    pub fn within(self, parent: Option<BlockId>) -> Self {
        Self { parent: number(parent), ..self }
    }
}

fn number(parent: Option<BlockId>) -> u32 {
    parent.map_or(NO_PARENT, |parent| parent as u32)
}

/// What is known of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListItem {
    /// The number in the source, in a numbered list.
    pub written: Option<u32>,
    /// The number that the page shows, in a numbered list.
    pub shown: Option<u32>,
    /// The bullet or number with its delimiter: `1.`, `*`.
    pub marker: Span,
    /// Bytes from the start of the line to the item's content: what continued blocks must be indented by.
    pub content_column: u32,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; the index into [`Guide::headings`](super::Guide::headings).
    Heading(usize),
    /// A paragraph.
    Paragraph,
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
    },
    /// A list item. It is apart so that the blocks of tables, which are many, stay small.
    Item(Box<ListItem>),
    /// A table as kramdown sees it.
    Table {
        /// Cells of its widest row.
        columns: u32,
        /// Rows below the header.
        rows: u32,
    },
    /// A table row.
    Row {
        /// Whether it is above the separator.
        header: bool,
        /// How many cells are written in it.
        cells: u32,
    },
    /// A table cell.
    Cell {
        /// Its column, from 0.
        column: u32,
    },
    /// A fenced or indented code block.
    Code {
        /// The word after the fence.
        language: Option<Span>,
    },
    /// A block quote.
    Quote,
    /// A definition list, its terms and definitions.
    Definitions,
    /// A term of a definition list.
    Term,
    /// A definition of a definition list.
    Definition,
    /// A block of HTML whose content is not parsed as Markdown.
    Html,
    /// A horizontal rule.
    Rule,
}

/// A published heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Underlined with `---` or `===`.
    pub setext: bool,
    /// The whole heading line (both lines if underlined).
    pub span: Span,
    /// The heading's text without marker and attributes.
    pub content: Span,
    /// What the reader sees.
    pub text: String,
    /// kramdown's id, `-1` for a repeated one.
    pub id: String,
    /// Its block.
    pub block: BlockId,
}

/// A heading and what is under it up to the next heading.
#[derive(Debug)]
pub struct Section {
    /// Index into [`Guide::headings`](super::Guide::headings); `None` for the text before the first heading.
    pub heading: Option<usize>,
    /// Index in [`Guide::sections`](super::Guide::sections) of the section it is part of, by heading levels.
    pub parent: Option<usize>,
    /// The blocks between this heading and the next one, the heading's own block excluded.
    pub blocks: Range<usize>,
}

/// Pipes that look like a table and are not published as one.
#[derive(Debug)]
pub struct RawTable {
    /// Its rows.
    pub span: Span,
    /// The line before it that keeps kramdown from seeing it.
    pub before: Option<Span>,
    /// The line of its paragraph after it, which does the same.
    pub after: Option<Span>,
}
