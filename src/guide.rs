//! A guide as its reader sees it: what Jekyll (Liquid, then kramdown) publishes from one page.
//!
//! Everything carries byte spans in the untouched source. The page is a list of blocks in document
//! order (parents before children), a list of inline elements, and one [`FlatText`] that holds what a
//! reader sees. Which vendor's page it is plays no part here.

pub mod bare_names;
pub mod bare_urls;
mod blocks;
pub mod brackets;
pub(crate) mod elements;
pub mod flat_text;
pub(crate) mod front_matter;
mod inlines;
pub mod interface_labels;
mod language;
pub(crate) mod liquid;
pub mod menu_paths;
pub mod notes;
mod outline;
mod set_as_code;
pub mod slips;
mod steps;
mod tags;
pub mod targets;
pub mod unrendered;
pub mod words;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::dialect::Dialect;
use crate::secrets::Secret;
use crate::source::{Places, SourceFile, Span};
use crate::tree::Node;

pub use blocks::{Block, BlockId, BlockKind, Heading, ListItem, RawTable, Section};
pub use flat_text::{FlatText, Style};
pub use front_matter::FrontMatter;
pub(crate) use front_matter::front_matter_range;
pub use inlines::{Image, Inline, InlineKind, Link, LinkForm};
use liquid::touches;
pub use liquid::{Liquid, LiquidTag};
pub use outline::Card;
pub use steps::{Interruption, NumberedItem, NumberedList};
pub use tags::{Attribute, Comment, Tag, TagKind};

/// A parsed page.
#[derive(Debug)]
pub struct Guide {
    /// The dialect it was read in.
    pub dialect: Dialect,
    /// The file it was read from.
    pub source: Arc<SourceFile>,
    /// The YAML between the `---` lines.
    pub front_matter: FrontMatter,
    /// Everything after the front matter.
    pub body: Span,
    /// Blocks in document order; a parent is before its children.
    pub blocks: Vec<Block>,
    /// Inline elements in document order; a container is before what it contains.
    pub inlines: Vec<Inline>,
    /// What the reader sees, block by block.
    pub text: FlatText,
    /// The published headings, in order.
    pub headings: Vec<Heading>,
    /// A section per heading, and one before the first heading if anything is there.
    pub sections: Vec<Section>,
    /// Published links, Markdown and HTML (`<a href>`), in order.
    pub links: Vec<Link>,
    /// Published images, Markdown and HTML (`<img src>`), in order.
    pub images: Vec<Image>,
    /// HTML tags as written, in order, outside code.
    pub tags: Vec<Tag>,
    /// Where a tag is printed as text, in order: kramdown accepts none there, or not as written.
    pub printed_tags: Vec<Span>,
    /// HTML comments, in order, outside code.
    pub comments: Vec<Comment>,
    /// Liquid as Jekyll reads it.
    pub liquid: Liquid,
    /// kramdown's `{::options ... /}` extensions, in order.
    pub extensions: Vec<Span>,
    /// The ids that kramdown's attribute lists set: `{: #id}`.
    pub attribute_ids: Vec<String>,
    /// Rows of pipes that look like a table and are printed as raw text.
    pub raw_tables: Vec<RawTable>,
    /// `[text][undefined]`, `[text]` and the like whose definition is missing: printed as text.
    pub undefined_references: Vec<Span>,
    /// Private keys and tokens that their form gives away, in order; they are marked as hidden in the source.
    pub secrets: Vec<Secret>,
    /// Where an unclosed, misspelled or extra container tag makes kramdown print the rest unchanged.
    pub swallowed: Option<Span>,
    /// What is read from the rest when it is first asked for.
    pub(crate) derived: Derived,
}

/// What is read from the parts of a page when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct Derived {
    numbered_lists: OnceLock<Vec<NumberedList>>,
    glued_bullets: OnceLock<Vec<Span>>,
    places: OnceLock<BlocksAndInlines>,
    /// Where what the reader sees begins, in order.
    shown: OnceLock<Vec<u32>>,
    anchors: OnceLock<BTreeSet<String>>,
    /// The names of the files that the page includes by name.
    includes: OnceLock<Vec<Box<str>>>,
}

/// Where the blocks and the inline elements of a page are.
#[derive(Debug)]
struct BlocksAndInlines {
    blocks: Places,
    inlines: Places,
}
impl Guide {
    /// Whether the tag at `span` is printed as text.
    pub fn is_printed(&self, tag: Span) -> bool {
        self.printed_tags.binary_search_by_key(&tag.start, |printed| printed.start).is_ok()
    }

    /// The ids and anchor names that `#fragment` links can lead to.
    pub fn anchors(&self) -> &BTreeSet<String> {
        self.derived.anchors.get_or_init(|| {
            let ids = self.headings.iter().map(|heading| heading.id.clone());
            // Most generators take an id in braces at the end of a heading.
            let in_braces = |heading: &Heading| {
                let (_, id) = heading.text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
                Some(id.to_owned()).filter(|_| self.dialect != Dialect::Kramdown)
            };
            let ids = ids.chain(self.headings.iter().filter_map(in_braces)).chain(self.attribute_ids.iter().cloned());
            let named = self.tags.iter().flat_map(|tag| {
                tag.attributes
                    .iter()
                    .filter(|attribute| attribute.name == "id" || attribute.name == "name" && tag.name == "a")
            });
            ids.chain(named.filter_map(|attribute| attribute.value.as_ref().map(|(value, _)| value.clone()))).collect()
        })
    }

    /// The names of the files that the page includes by name.
    pub fn includes(&self) -> impl Iterator<Item = &str> {
        let included = self.derived.includes.get_or_init(|| {
            let by_name = self.liquid.tags.iter().filter(|tag| tag.name != "include_relative");
            by_name.filter_map(|tag| tag.included(self.slice(tag.span)).map(Box::from)).collect()
        });
        included.iter().map(AsRef::as_ref)
    }

    /// Whether Liquid puts text on the page that may have anchors of its own, besides what it includes by name: the tag
    /// of a plugin that is not among `known_tags`, or an output that is all of a line or heading.
    pub fn has_unseen_parts(&self, known_tags: &[String]) -> bool {
        let is_known = |tag: &LiquidTag| {
            let name = tag.name.strip_prefix("end").unwrap_or(&tag.name);
            known_tags.iter().any(|known| known == name || *known == tag.name)
        };
        let is_unseen = |tag: &LiquidTag| {
            let is_named = tag.name != "include_relative" && tag.included(self.slice(tag.span)).is_some();
            tag.writes_text() && !is_named
        };
        let is_alone = |span: &Span| {
            let text = self.source.text();
            let before = text[..span.start as usize].trim_end_matches(['#', ' ', '\t']);
            let after = text[span.end as usize..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
        };
        !self.liquid.unknown_tags.iter().all(is_known)
            || self.liquid.tags.iter().any(is_unseen)
            || self.liquid.outputs.iter().any(is_alone)
            || self.ids_by_liquid().next().is_some()
    }

    /// The outputs that write a part of a heading or of an id.
    pub fn ids_by_liquid(&self) -> impl Iterator<Item = Span> + '_ {
        let attributes = self.tags.iter().flat_map(|tag| &tag.attributes);
        let ids = attributes.filter(|attribute| attribute.name == "id" || attribute.name == "name");
        let ids: Vec<Span> = ids.filter_map(|id| id.value.as_ref().map(|(_, at)| *at)).collect();
        let in_id = move |output: Span| touches(&ids, |id| *id, output);
        self.liquid.outputs.iter().copied().filter(move |output| self.is_in_heading(*output) || in_id(*output))
    }

    /// Whether Liquid writes a part of what is at `span`, or just before or after it: a part of the target of a link.
    pub fn is_written_by_liquid(&self, span: Span) -> bool {
        self.liquid.writes_at(span)
    }

    /// The inline elements that have a byte or an end in common with a part of the source, in no particular order.
    pub fn inlines_at(&self, part: Span) -> impl Iterator<Item = &Inline> {
        self.places().inlines.touching(part).map(|inline| &self.inlines[inline])
    }

    /// The inline elements that a part of the source lies in, the innermost first.
    pub fn inlines_around(&self, part: Span) -> impl Iterator<Item = &Inline> {
        self.places().inlines.around(part).map(|inline| &self.inlines[inline])
    }

    /// The blocks that a part of the source lies in, in no particular order.
    pub fn blocks_around(&self, part: Span) -> impl Iterator<Item = BlockId> {
        self.places().blocks.around(part)
    }

    /// The elements of some names that are closed, with their tags.
    pub fn elements(&self, names: &[&str]) -> Places {
        let tags = self.tags.iter().filter(|tag| tag.kind == TagKind::Open && names.contains(&tag.name.as_str()));
        Places::new(tags.filter_map(|tag| Some(tag.span.to(self.tags[tag.partner?].span))))
    }

    /// The innermost block that a part of the source lies in.
    pub fn block_around(&self, part: Span) -> Option<&Block> {
        self.blocks_around(part).max().map(|block| &self.blocks[block])
    }

    /// The table row that a part of the source lies in, or else the innermost block.
    pub fn row_around(&self, part: Span) -> Option<BlockId> {
        let block = self.blocks_around(part).max()?;
        let is_row = |block: &BlockId| matches!(self.blocks[*block].kind, BlockKind::Row { .. });
        Some(self.blocks[block].parent().filter(is_row).unwrap_or(block))
    }

    /// Whether a part of the source is in a code block or code span.
    pub fn is_in_code(&self, part: Span) -> bool {
        self.is_in_code_block(part) || self.inlines_around(part).any(|inline| inline.kind == InlineKind::Code)
    }

    /// The text that a `{% raw %}` around a part of the source keeps as it is.
    pub fn raw_around(&self, part: Span) -> Option<Span> {
        let raws = &self.liquid.raws;
        let next = raws.partition_point(|raw| raw.start <= part.start);
        raws[..next].last().copied().filter(|raw| raw.contains(part))
    }

    /// Whether a link is an HTML element that is never closed: it may have been meant as an anchor.
    pub fn is_unclosed(&self, link: &Link) -> bool {
        let tag = || self.tags.binary_search_by_key(&link.span.start, |tag| tag.span.start).ok();
        link.form == LinkForm::Html && tag().is_none_or(|tag| self.tags[tag].partner.is_none())
    }

    /// Whether a part of the source is in a code block.
    pub fn is_in_code_block(&self, part: Span) -> bool {
        self.blocks_around(part).any(|block| matches!(self.blocks[block].kind, BlockKind::Code { .. }))
    }

    /// Whether Liquid puts text in the place of a part of what is at `span`.
    pub fn holds_output(&self, span: Span) -> bool {
        let first = self.liquid.outputs.partition_point(|output| output.start < span.start);
        self.liquid.outputs.get(first).is_some_and(|output| span.contains(*output))
    }

    /// Whether Liquid puts text at an offset.
    pub fn has_output_at(&self, at: u32) -> bool {
        self.liquid.outputs.binary_search_by_key(&at, |output| output.start).is_ok()
    }

    fn places(&self) -> &BlocksAndInlines {
        self.derived.places.get_or_init(|| BlocksAndInlines {
            blocks: Places::new(self.blocks.iter().map(|block| block.span)),
            inlines: Places::new(self.inlines.iter().map(|inline| inline.span)),
        })
    }

    /// The source text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// Whether a part of the source is in a heading.
    pub fn is_in_heading(&self, part: Span) -> bool {
        let earlier = self.headings.partition_point(|heading| heading.span.start <= part.start);
        self.headings[..earlier].last().is_some_and(|heading| part.start < heading.span.end)
    }

    /// What the reader sees of a block.
    pub fn text_of(&self, block: BlockId) -> &str {
        let range = &self.blocks[block].text;
        &self.text.as_str()[range.start as usize..range.end as usize]
    }

    /// Where the text of a block is up to its first child: an item's own line. Bytes in [`Guide::text`].
    pub fn own_text(&self, block: BlockId) -> Range<usize> {
        let text = &self.blocks[block].text;
        let (start, end) = (text.start as usize, text.end as usize);
        let line = memchr::memchr(b'\n', &self.text.as_str().as_bytes()[start..end]);
        start..line.map_or(end, |length| start + length)
    }

    /// What the reader sees of a link, an inline element or another part of the text.
    pub fn text_in(&self, range: &Range<u32>) -> &str {
        &self.text.as_str()[range.start as usize..range.end as usize]
    }

    /// The blocks directly inside `block`.
    pub fn children(&self, block: BlockId) -> impl Iterator<Item = BlockId> + '_ {
        let end = self.blocks[block].span.end;
        (block + 1..self.blocks.len())
            .take_while(move |child| self.blocks[*child].span.start < end)
            .filter(move |child| self.blocks[*child].parent() == Some(block))
    }

    /// The inline elements of a block and of the blocks inside it.
    pub fn inlines_of(&self, block: BlockId) -> &[Inline] {
        let range = &self.blocks[block].inlines;
        &self.inlines[range.start as usize..range.end as usize]
    }

    /// A front matter value.
    pub fn front_matter(&self, key: &str) -> Option<&Node> {
        self.front_matter.node.as_ref()?.get(key)
    }
}
