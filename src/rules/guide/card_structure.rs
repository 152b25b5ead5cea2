//! `guide/card-structure`

use crate::contract::Level;
use crate::diagnostic::Finding;
use crate::dialect::Trait;
use crate::guide::{BlockKind, Card, Heading};
use crate::rule::{Page, Rule};
use crate::source::Span;

// GitHub removes the classes of elements: cards are for pages in the template of a site.
pub const RULE: Rule = Rule::convention("guide/card-structure", include_str!("card_structure.md"), check)
    .info()
    .needs(&[Trait::TitleFromFrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(form) = &page.profile.page.card else { return };
    let mut outside = None;
    let mut heads = vec![Vec::new(); page.cards.len()];
    let mut cards = page.cards.iter().enumerate().peekable();
    let mut open: Vec<(usize, &Card)> = Vec::new();
    for heading in page.guide.headings.iter().filter(|heading| heading.level == 2) {
        open.extend(std::iter::from_fn(|| cards.next_if(|(_, card)| card.span.start <= heading.span.start)));
        while open.pop_if(|(_, card)| !card.span.contains(heading.span)).is_some() {}
        match open.last() {
            Some(&(card, _)) => heads[card].push(heading),
            None => outside = outside.or(Some(heading)),
        }
    }
    for (card, _) in page.cards.iter().zip(&heads).filter(|(_, heads)| heads.is_empty()) {
        let headings = &page.guide.headings;
        let after = &headings[headings.partition_point(|heading| heading.span.start < card.span.start)..];
        let inside = after.iter().take_while(|heading| heading.span.start < card.span.end);
        let first = inside.into_iter().find(|heading| card.span.contains(heading.span));
        if first.is_none() {
            found.extend(without_heading(page, card));
            continue;
        }
        // A part of the platform that begins a card is a section of its own. That the first heading of the page skips a
        // level is reported by another rule.
        let is_first = |heading: &&Heading| page.guide.headings.first().is_some_and(|first| first.span == heading.span);
        let first = first.filter(|heading| !is_first(heading));
        if let Some(heading) = first.filter(|heading| heading.level > 2 && is_section(page, &heading.text)) {
            let message = format!("section `{}` is level {}, expected 2", heading.text, heading.level);
            found.push(Finding::new(heading.span, message).help("use `##`"));
        }
    }
    let rules = page.guide.blocks.iter().filter(|block| block.kind == BlockKind::Rule && !page.cards.is_empty());
    let beside = rules.filter(|rule| is_beside_heading(page, rule.span));
    found.extend(beside.map(|rule| Finding::new(rule.span, "horizontal rule beside a heading").help("remove it")));
    if let Some(heading) = outside {
        let help = format!("wrap each section in its own `<{} class=\"{}\">`", form.element, form.class);
        found.push(Finding::new(heading.span, format!("section `{}` is outside a card", heading.text)).help(help));
    }
    for heads in heads {
        if let [first, second, ..] = heads[..] {
            found.push(
                Finding::new(second.span, format!("second section in one card: `{}`", second.text))
                    .label(first.span, "first section")
                    .help("move it to its own card, or make it a subsection"),
            );
        }
    }
}

/// Whether nothing is shown between a place and the heading before or after it.
fn is_beside_heading(page: &Page<'_>, place: Span) -> bool {
    let (guide, headings) = (page.guide, &page.guide.headings);
    let after = headings.partition_point(|heading| heading.span.start < place.start);
    let before = headings[..after].last().is_some_and(|last| guide.shows_nothing(last.span.end..place.start));
    before || headings.get(after).is_some_and(|next| guide.shows_nothing(place.end..next.span.start))
}

/// A card with text before the first heading of the page.
fn without_heading(page: &Page<'_>, card: &Card) -> Option<Finding> {
    let guide = page.guide;
    let after = &guide.blocks[guide.blocks.partition_point(|block| block.span.start < card.span.start)..];
    let inside = after.iter().take_while(|block| block.span.start < card.span.end);
    let paragraph =
        inside.into_iter().find(|block| block.kind == BlockKind::Paragraph && card.span.contains(block.span))?;
    let is_read = guide.swallowed.is_none()
        && !guide.has_unknown_text(card.span)
        && guide.html_headings(card.span).next().is_none();
    // A tag that is published as text is another mistake.
    let is_text = guide.text_in(&paragraph.text).trim_start().starts_with(|c: char| c != '<');
    let is_first = guide.headings.first().is_some_and(|heading| card.span.end <= heading.span.start);
    (is_read && is_text && is_first).then(|| {
        Finding::new(paragraph.span, "card without a heading")
            .help("add a heading, or move the text into the next section")
    })
}

/// Whether a heading is the name of the section for the platform.
fn is_section(page: &Page<'_>, heading: &str) -> bool {
    page.profile.section_level(heading) == Some(Level::Console)
}
