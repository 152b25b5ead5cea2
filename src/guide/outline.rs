//! Questions about the outline of a page: its cards, and what is under a heading.

use std::ops::Range;

use super::elements::Element;
use super::{Block, BlockKind, Guide, InlineKind, LiquidTag, Section, TagKind};
use crate::source::Span;

/// Elements that show something although they hold no text.
const SHOWN: [&str; 9] = ["audio", "canvas", "embed", "iframe", "img", "input", "object", "svg", "video"];

/// Elements that browsers know and kramdown does not.
const MORE_HTML: [&str; 20] = [
    "bdi", "circle", "data", "defs", "dialog", "ellipse", "g", "hgroup", "line", "math", "meter", "output", "polygon",
    "rect", "rp", "rt", "ruby", "slot", "template", "use",
];

/// An element of the page that holds a section.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// Its opening tag.
    pub open: Span,
    /// From its opening tag up to its closing tag, or to the end of the page if it has none.
    pub span: Span,
}

impl Guide {
    /// The elements `name` whose class is `class`, in order.
    pub fn cards(&self, name: &str, class: &str) -> Vec<Card> {
        let cards =
            self.tags.iter().filter(|tag| tag.name == name && tag.kind == TagKind::Open && tag.has_class(class));
        cards
            .map(|tag| {
                let end = tag.partner.map_or(self.body.at_end(), |partner| self.tags[partner].span.at_start());
                Card { open: tag.span, span: tag.span.to(end) }
            })
            .collect()
    }

    /// The headings in HTML within a span, as written: the outline does not have them.
    pub fn html_headings(&self, span: Span) -> impl Iterator<Item = &str> {
        let is_level = |name: &str| name.strip_prefix('h').is_some_and(|level| matches!(level, "1" | "2" | "3" | "4"));
        let within = from(&self.tags, span.start, |tag| tag.span).take_while(move |tag| tag.span.start < span.end);
        within.filter(move |tag| tag.kind == TagKind::Open && is_level(&tag.name)).filter_map(|tag| {
            Some(self.slice(Span { start: tag.span.end, end: self.tags[tag.partner?].span.start, ..tag.span }))
        })
    }

    /// Whether no `{% raw %}` in a range of the source has its end outside, or the other way round, and no other
    /// Liquid is there: a replacement needs to keep no tag.
    pub fn raw_is_whole(&self, span: Span) -> bool {
        let first = self.liquid.tags.partition_point(|tag| tag.span.start < span.start);
        let is_run = self.liquid.tags.get(first).is_some_and(|tag| span.contains(tag.span));
        let raws = &self.liquid.raws;
        let touching = &raws[raws.partition_point(|raw| raw.end < span.start)..];
        let mut touching = touching.iter().take_while(|raw| raw.start <= span.end);
        let holds = |raw: Span| raw.start > span.start && raw.end < span.end;
        !is_run && !self.holds_output(span) && touching.all(|raw| raw.contains(span) || holds(*raw))
    }

    /// Whether nothing is shown between a section's heading and the next one.
    pub fn is_empty_section(&self, section: &Section) -> bool {
        let Some(heading) = section.heading else { return false };
        let end = self.headings.get(heading + 1).map_or(self.body.end, |next| next.span.start);
        self.shows_nothing(self.headings[heading].span.end..end)
    }

    /// Whether nothing is shown of what begins in a range of the source. What Liquid puts there counts as
    /// shown, and so does what the parser could not read.
    pub fn shows_nothing(&self, range: Range<u32>) -> bool {
        let shown = self.derived.shown.get_or_init(|| self.starts_of_shown());
        let next = shown.get(shown.partition_point(|start| *start < range.start));
        next.is_none_or(|start| *start >= range.end)
            && self.swallowed.is_none_or(|swallowed| swallowed.start >= range.end)
    }

    /// Where the blocks and tags begin that show something, and what Liquid writes.
    fn starts_of_shown(&self) -> Vec<u32> {
        let shows = |block: &&Block| {
            let inlines = &self.inlines[block.inlines.start as usize..block.inlines.end as usize];
            block.kind != BlockKind::Rule
                && (!self.text_in(&block.text).trim().is_empty()
                    || block.kind == BlockKind::Html
                    || inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Image(_))))
        };
        let blocks = self.blocks.iter().filter(shows).map(|block| block.span);
        let tags = self.tags.iter().filter(|tag| SHOWN.contains(&tag.name.as_str())).map(|tag| tag.span);
        let executed = self.liquid.tags.iter().chain(&self.liquid.unknown_tags).map(|tag| tag.span);
        let liquid = self.liquid.outputs.iter().copied().chain(executed);
        let mut starts: Vec<u32> = blocks.chain(tags).chain(liquid).map(|span| span.start).collect();
        starts.sort_unstable();
        starts
    }

    /// Whether Liquid writes text of its own within a span: the reader sees more there than is known.
    pub fn has_unknown_text(&self, span: Span) -> bool {
        let within = |part: &Span| span.contains(*part);
        let liquid = &self.liquid;
        from(&liquid.outputs, span.start, |output| *output).next().is_some_and(within)
            || from(&liquid.unknown_tags, span.start, |tag| tag.span).next().is_some_and(|tag| within(&tag.span))
            || from(&liquid.tags, span.start, |tag| tag.span)
                .take_while(|tag| within(&tag.span))
                .any(LiquidTag::writes_text)
    }
}

/// Those of some parts of a page, in order of place, that begin at or after `start`.
fn from<T>(parts: &[T], start: u32, span: impl Fn(&T) -> Span) -> std::slice::Iter<'_, T> {
    parts[parts.partition_point(|part| span(part).start < start)..].iter()
}

impl super::Tag {
    /// The value of an attribute, if it has one.
    pub fn value(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        attribute.value.as_ref().map(|(value, _)| value.as_str())
    }

    /// Whether `class` is one of its classes.
    pub fn has_class(&self, class: &str) -> bool {
        self.value("class").is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
    }

    /// Whether browsers know it: an element of HTML or one of SVG.
    pub fn is_html(&self) -> bool {
        Element::named(&self.name).is_known() || MORE_HTML.contains(&self.name.as_str())
    }

    /// Whether kramdown knows it only between blocks.
    pub fn is_block(&self) -> bool {
        Element::named(&self.name).is_block()
    }

    /// Whether it is `element` with letters missing, added or exchanged.
    pub fn misspells(&self, element: &str) -> bool {
        self.name != element && !self.is_html() && strsim::osa_distance(&self.name, element) <= 1
    }
}
