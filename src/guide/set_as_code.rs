//! What has to go, and what is in the way, when a part of the text is set as code.

use std::ops::Range;

use super::{Guide, Style, Tag};
use crate::source::Span;

/// Bytes that a `{% raw %}` may have besides a part of the text that it is there for.
const MOST_AROUND: usize = 1_000;

impl Guide {
    /// Whether the reader sees a mark there that is written so, outside code.
    pub fn shows(&self, place: &Range<usize>, mark: &str) -> bool {
        !self.text.any_has(place.clone(), Style::CODE) && self.slice(self.text.span_of(place.clone())) == mark
    }

    /// Whether backticks around a part of the text begin and end code: they do not in HTML that is not read as
    /// Markdown, nor beside a backtick that is published as it is. What a word follows without a space is not code.
    pub fn can_be_code(&self, part: Range<usize>) -> bool {
        let has_stray = self.text.has_backtick(&self.text.line_at(part.start));
        let span = self.text.span_of(part.clone()).range();
        let source = self.source.text();
        let touches_word = source[span.end..].starts_with(char::is_alphanumeric);
        let is_beside = source[..span.start].ends_with('`') || source[span.end..].starts_with('`');
        !has_stray && !is_beside && !touches_word && !self.text.any_has(part, Style::HTML)
    }

    /// A part of the source with the `<span>` tags in it and around its ends that only keep it from becoming a link;
    /// `None` if another tag is in it, or one whose partner is elsewhere.
    pub fn with_plain_spans(&self, part: Span) -> Option<Span> {
        let first = self.tags.partition_point(|tag| tag.span.start < part.start);
        let before = self.tags[..first].last().filter(|tag| tag.span.end == part.start && tag.is_plain_span());
        let inside = self.tags[first..].iter().take_while(|tag| tag.span.start < part.end);
        let next = self.tags.partition_point(|tag| tag.span.start < part.end);
        let after = self.tags.get(next).filter(|tag| tag.span.start == part.end && tag.is_plain_span());
        let around = |tag: &&Tag| {
            let partner = tag.partner.map(|partner| self.tags[partner].span);
            partner.is_some_and(|partner| {
                part.start < partner.end && partner.start < part.end || partner.end == part.start
            })
        };
        let (before, after) = (before.filter(around), after.filter(around));
        let whole = before.map_or(part, |tag| tag.span.to(part));
        let whole = after.map_or(whole, |tag| whole.to(tag.span));
        let is_loose = |tag: &Tag| {
            tag.is_plain_span() && tag.partner.is_some_and(|partner| whole.contains(self.tags[partner].span))
        };
        inside.chain(before).chain(after).all(is_loose).then_some(whole)
    }

    /// The tags of the `{% raw %}` around a part of the source, if it is on one line and protects nothing else.
    pub fn raw_only_for(&self, part: Span) -> Option<[Span; 2]> {
        let raw = self.raw_around(part)?;
        if raw.len() - part.len() > MOST_AROUND {
            return None;
        }
        let raw = raw.range();
        let text = self.source.text();
        let (start, end) = (text[..raw.start].rfind("{%")?, raw.end + text[raw.end..].find("%}")? + "%}".len());
        let others = [&text[raw.start..part.range().start], &text[part.range().end..raw.end]];
        let is_idle = others.iter().all(|other| !other.contains("{{") && !other.contains("{%"));
        let is_line = !text[start..end].contains('\n');
        (is_idle && is_line).then(|| [self.source.span(start..raw.start), self.source.span(raw.end..end)])
    }
}

impl Tag {
    /// Whether it opens or closes a `<span>` without attributes.
    fn is_plain_span(&self) -> bool {
        self.name == "span" && self.attributes.is_empty()
    }
}
