//! `guide/heading-level-one`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::guide::Heading;
use crate::rule::{Levels, Page, Rule, at_level, repeats_title, without};

pub const RULE: Rule = Rule::guide("guide/heading-level-one", include_str!("heading_level_one.md"), check)
    .warning()
    .unsafe_fix()
    .needs(&[Trait::TitleFromFrontMatter]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let headings = &page.guide.headings;
    if headings.iter().all(|heading| heading.level > 1) {
        return;
    }
    let levels = Levels::of(page).without_first;
    let is_fault = |index: usize| headings[index].level == 1 && levels[index] != Some(1);
    for (index, heading) in headings.iter().enumerate().filter(|(index, _)| is_fault(*index)) {
        found.push(match levels[index] {
            Some(_) => lowered(page, heading, &levels, index),
            None => needless(page, heading),
        });
    }
}

/// A heading that repeats the title, or has nothing under it.
fn needless(page: &Page<'_>, heading: &Heading) -> Finding {
    let what = if repeats_title(page, heading) { "repeats the page title" } else { "without content" };
    let finding = Finding::new(heading.span, format!("level 1 heading `{}` {what}", heading.text)).help("remove it");
    if is_only_of_card(page, heading) {
        return finding.help("replace it with a level 2 heading that names the topic of the card");
    }
    if page.guide.slice(heading.span).starts_with('<') {
        return finding;
    }
    finding.fix(Fix::needs_review("remove the heading", vec![without(page, heading)]))
}

/// Whether the first heading of the page is the only one of a card with text.
fn is_only_of_card(page: &Page<'_>, heading: &Heading) -> bool {
    let (guide, headings) = (page.guide, &page.guide.headings);
    if headings.first().is_none_or(|first| first.span != heading.span) {
        return false;
    }
    let Some(card) = page.cards.iter().rfind(|card| card.span.contains(heading.span)) else { return false };
    headings.get(1).is_none_or(|next| !card.span.contains(next.span))
        && !guide.shows_nothing(heading.span.end..card.span.end)
}

/// The heading goes a level down, and those under it where they would be beside it then.
fn lowered(page: &Page<'_>, heading: &Heading, levels: &[Option<u8>], index: usize) -> Finding {
    let guide = page.guide;
    let under = guide.headings.iter().enumerate().skip(index + 1).take_while(|(_, heading)| heading.level > 1);
    let moved: Vec<(&Heading, u8)> = under
        .filter_map(|(at, heading)| Some((heading, levels[at]?)))
        .filter(|(heading, level)| heading.level != *level)
        .collect();
    let form = if guide.slice(heading.span).starts_with('<') { "<h2>" } else { "##" };
    let rest = if moved.is_empty() { "" } else { ", and add one level to the headings under it" };
    let help = format!("use `{form}`{rest}");
    let is_second =
        page.guide.front_matter("title").is_some() || page.guide.headings[..index].iter().any(|h| h.level == 1);
    let what = if is_second { "second level 1 heading" } else { "level 1 heading beside the page title" };
    let finding = Finding::new(heading.span, format!("{what}: `{}`", heading.text)).help(help.as_str());
    let all = std::iter::once((heading, 2)).chain(moved);
    let edits: Option<Vec<Edit>> = all.map(|(heading, level)| at_level(guide, heading, level)).collect();
    finding.maybe_fix(edits.map(|edits| Fix::needs_review(help, edits)))
}
