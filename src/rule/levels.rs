//! The levels that a page's headings should have.

use std::collections::HashSet;
use std::ops::Range;

use super::Page;
use super::names::is_version;
use crate::diagnostic::Edit;
use crate::dialect::Trait;
use crate::guide::{Card, Guide, Heading, TagKind};
use crate::profile::{SectionRole, is_same};
use crate::source::{Places, Span};

/// The levels of a page's headings once their faults are repaired, by the index of the heading.
pub struct Levels {
    /// After headings of level 1 are repaired; `None` for one that repeats the page's title and is to be removed.
    pub without_first: Vec<Option<u8>>,
    /// Whether it is the heading of a section of its own and skips a level after one of level 1: it belongs beside that.
    pub beside: Vec<bool>,
    /// After skipped levels are closed up, too.
    pub closed: Vec<Option<u8>>,
    /// Whether it begins a section inside the card of another one, once skipped levels are closed up: it needs its own
    /// card. Those of `beside` do.
    pub apart: Vec<bool>,
}

impl Levels {
    /// The levels for a page.
    pub fn of(page: &Page<'_>) -> Self {
        let without_first = without_first(page);
        let beside = beside(page, &without_first);
        let mut closed = closed(&without_first, &beside);
        let mut apart = beside.clone();
        for (number, card) in page.cards.iter().enumerate() {
            let all = &page.guide.headings;
            let start = all.partition_point(|heading| heading.span.start < card.span.start);
            // A card without an end goes up to the next one.
            let next = page.cards.get(number + 1).map_or(u32::MAX, |next| next.span.start);
            let end = card.span.end.min(next);
            let inside = (start..all.len()).take_while(|at| all[*at].span.start < end);
            let is_in = |at: &usize| card.span.contains(all[*at].span) && !beside[*at];
            let headings: Vec<usize> = inside.filter(is_in).collect();
            keep_one_section(page, &headings, &without_first, &mut closed, &mut apart);
        }
        Self { without_first, beside, closed, apart }
    }

    /// The headings that are more than one level below the one before; the page's title is its heading of level 1.
    pub fn skips(&self) -> Vec<usize> {
        let mut before = 1;
        let mut skips = Vec::new();
        for (index, level) in self.without_first.iter().enumerate() {
            let Some(level) = *level else { continue };
            if level > before + 1 || self.beside[index] {
                skips.push(index);
            }
            before = level;
        }
        skips
    }
}

/// The page's title is its heading of level 1. Another one goes a level down, with what is under it; what repeats the
/// title goes away.
fn without_first(page: &Page<'_>) -> Vec<Option<u8>> {
    let headings = &page.guide.headings;
    let mut levels: Vec<Option<u8>> = headings.iter().map(|heading| Some(heading.level)).collect();
    if !page.guide.dialect.has(Trait::TitleFromFrontMatter) || headings.iter().all(|heading| heading.level > 1) {
        return levels;
    }
    let places = Places::new(page.cards.iter().map(|card| card.span));
    let cards: Vec<Option<usize>> = headings.iter().map(|heading| places.around(heading.span).min()).collect();
    let linked: HashSet<&str> = page.guide.links.iter().filter_map(|link| link.target.strip_prefix('#')).collect();
    // Without a printed title, the first one is that of the page.
    let title = headings.iter().position(|heading| heading.level == 1).filter(|_| !page.has_printed_title());
    for index in 0..headings.len() {
        if headings[index].level != 1 || title == Some(index) {
            continue;
        }
        let under = under_first(page, index, &cards);
        let is_empty = under.is_empty() && is_alone_in_card(page, &headings[index]).is_some();
        if (is_empty || repeats_title(page, &headings[index])) && !linked.contains(headings[index].id.as_str()) {
            levels[index] = None;
            continue;
        }
        levels[index] = Some(2);
        if headings[under.clone()].iter().any(|heading| heading.level == 2) {
            levels[under].iter_mut().flatten().for_each(|level| *level = 6.min(*level + 1));
        }
    }
    levels
}

/// The headings that are parts of one of level 1: those in its card up to the next one. Sections of their own are not.
/// `cards` has the card of each heading.
fn under_first(page: &Page<'_>, first: usize, cards: &[Option<usize>]) -> Range<usize> {
    let headings = &page.guide.headings;
    let is_part = |at: &usize| headings[*at].level > 1 && cards[*at] == cards[first];
    let count = (first + 1..headings.len()).take_while(is_part).count();
    let under = first + 1..first + 1 + count;
    let has_section = headings[under.clone()].iter().any(|heading| heading.level == 2 && is_section(page, heading));
    if has_section { first + 1..first + 1 } else { under }
}

/// Whether a heading is that of one of the sections that the vendor's guides have for the platform.
fn is_section(page: &Page<'_>, heading: &Heading) -> bool {
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let role = page.profile.sections.role(&heading.text, connector);
    matches!(role, Some(SectionRole::Platform | SectionRole::Account))
}

/// The sections that only the repair of a heading of level 1 would bring into the outline, as a part of that one.
fn beside(page: &Page<'_>, levels: &[Option<u8>]) -> Vec<bool> {
    let headings = &page.guide.headings;
    let mut beside = vec![false; headings.len()];
    for (at, pair) in headings.windows(2).enumerate() {
        let lowered = pair[0].level == 1 && levels[at] == Some(2);
        beside[at + 1] = lowered && pair[1].level == 3 && is_section(page, &pair[1]);
    }
    beside
}

/// Whether a heading is the title of the page again.
pub fn repeats_title(page: &Page<'_>, heading: &Heading) -> bool {
    let title = page.guide.front_matter("title").and_then(|title| title.as_str());
    let connector = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    // "Acme API" and "Acme v2" above the sections of the page.
    let headings = &page.guide.headings;
    let next = headings.get(headings.partition_point(|other| other.span.start <= heading.span.start));
    let is_above_sections = next.is_some_and(|next| next.level == 2);
    let product = heading.text.rsplit_once(' ').filter(|(_, last)| {
        let is_version = is_version(last);
        is_version || page.profile.product_words.iter().any(|word| word.eq_ignore_ascii_case(last))
    });
    let product = product.filter(|_| is_above_sections).map(|(name, _)| name);
    let names = [Some(heading.text.as_str()), product];
    let own = [title, connector].into_iter().flatten();
    own.into_iter().any(|own| names.into_iter().flatten().any(|name| is_same(own, name)))
}

/// The card that has a heading and nothing else, with its closing tag.
fn is_alone_in_card<'p>(page: &'p Page<'_>, heading: &Heading) -> Option<&'p Card> {
    let text = page.guide.source.text();
    // Only the last card that begins before a heading can begin right before it.
    let earlier = page.cards.partition_point(|card| card.span.start <= heading.span.start);
    page.cards[..earlier].last().filter(|card| {
        card.span.contains(heading.span)
            && text[card.open.range().end..heading.span.range().start].trim().is_empty()
            && page.guide.shows_nothing(heading.span.end..card.span.end)
    })
}

/// Each heading one level below the one that it is under.
fn closed(levels: &[Option<u8>], beside: &[bool]) -> Vec<Option<u8>> {
    // The page's title is above all.
    let mut above: Vec<(u8, u8)> = vec![(1, 1)];
    let mut close = |level: u8, beside: bool| {
        while above.len() > 1 && above.last().is_some_and(|(written, _)| beside || *written >= level) {
            above.pop();
        }
        let closed = above.last().map_or(level, |(_, closed)| level.min(closed + 1));
        above.push((level, closed));
        closed
    };
    levels.iter().zip(beside).map(|(level, beside)| level.map(|level| close(level, *beside))).collect()
}

/// A card holds one section: of several that a gap has moved to a section's level, the later ones stay below the first;
/// those that are known as sections are apart from it.
fn keep_one_section(
    page: &Page<'_>,
    headings: &[usize],
    written: &[Option<u8>],
    closed: &mut [Option<u8>],
    apart: &mut [bool],
) {
    let (mut has_section, mut is_later) = (false, false);
    for index in headings {
        let (Some(before), Some(level)) = (written[*index], closed[*index]) else { continue };
        if level == 2 {
            is_later = has_section && before > 2;
            has_section = true;
            apart[*index] = is_later && is_section(page, &page.guide.headings[*index]);
            is_later &= !apart[*index];
        }
        if is_later && before > level {
            closed[*index] = Some(level + 1);
        }
    }
}

/// What ends the card that a heading is in, and begins one for what follows; `None` where the heading is the first of its
/// card or in none.
pub fn own_card(page: &Page<'_>, heading: &Heading) -> Option<Edit> {
    let form = page.profile.page.card.as_ref()?;
    let card = page.cards.iter().find(|card| card.span.contains(heading.span))?;
    let headings = &page.guide.headings;
    let start = headings.partition_point(|other| other.span.start < card.span.start);
    let is_first = headings[start..].iter().find(|other| card.span.contains(other.span))?.span == heading.span;
    let parts = format!("</{0}>\n<{0} class=\"{1}\">\n", form.element, form.class);
    (!is_first).then(|| Edit::insert_before(heading.span, parts))
}

/// Whether a card may end right before a heading: it is in nothing else, and no attributes are above it.
pub fn may_begin_card(page: &Page<'_>, heading: &Heading) -> bool {
    let guide = page.guide;
    let before = guide.source.text()[..heading.span.range().start].trim_end();
    let tags = guide.tags.iter().take_while(|tag| tag.span.start < heading.span.start);
    let opened = tags.filter(|tag| tag.kind == TagKind::Open);
    let around = opened.filter(|tag| tag.partner.is_some_and(|end| guide.tags[end].span.start > heading.span.start));
    guide.blocks[heading.block].parent().is_none() && around.count() <= 1 && !before.ends_with('}')
}

/// What gives a heading another level; `None` where that is not done by one edit of its marker.
pub fn at_level(guide: &Guide, heading: &Heading, level: u8) -> Option<Edit> {
    let marks = "#".repeat(usize::from(level));
    let written = guide.slice(heading.span);
    if heading.setext {
        let (text, _) = written.trim_end().rsplit_once('\n')?;
        let text = text.trim();
        return (!text.contains('\n'))
            .then(|| Edit::replace(heading.span, format!("{marks} {}", with_last_marks_escaped(text))));
    }
    let length = written.bytes().take_while(|byte| *byte == b'#').count();
    let marker = Span { end: heading.span.start + length as u32, ..heading.span };
    (length == usize::from(heading.level)).then(|| Edit::replace(marker, marks))
}

/// A text whose last `#` are part of it: after `##` they would only close the heading. An id may follow them.
pub fn with_last_marks_escaped(text: &str) -> String {
    let id = text.rfind("{#").filter(|_| text.ends_with('}')).unwrap_or(text.len());
    let contents = text[..id].trim_end();
    let bare = contents.trim_end_matches('#');
    let marks = contents.len() - bare.len();
    if marks == 0 {
        return text.to_owned();
    }
    let bare = bare.strip_suffix('\\').unwrap_or(bare);
    [bare, &"\\#".repeat(marks), &text[contents.len()..]].concat()
}

/// What takes a heading away, and the card that it is alone in.
pub fn without(page: &Page<'_>, heading: &Heading) -> Edit {
    let guide = page.guide;
    let text = guide.source.text();
    let card = is_alone_in_card(page, heading).and_then(|card| {
        let open = guide.tags.binary_search_by_key(&card.open.start, |tag| tag.span.start).ok()?;
        Some(card.open.to(guide.tags[guide.tags[open].partner?].span))
    });
    let gone = card.unwrap_or(heading.span).range();
    let rest = &text[gone.end..];
    // The blank lines after it go, too.
    let blank = rest.len() - rest.trim_start().len();
    let end = gone.end + rest[..blank].rfind('\n').map_or(0, |at| at + 1);
    Edit::remove(guide.source.span(gone.start..end))
}
