//! `guide/heading-level-skipped`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::Heading;
use crate::rule::{Levels, Page, Rule, at_level, may_begin_card, own_card};

pub const RULE: Rule =
    Rule::guide("guide/heading-level-skipped", include_str!("heading_level_skipped.md"), check).warning().unsafe_fix();

/// Levels are compared as they are when the headings of level 1 are repaired, which closes some gaps.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let levels = Levels::of(page);
    let skips = levels.skips();
    for (at, index) in skips.iter().enumerate() {
        let end = skips.get(at + 1).copied().unwrap_or(levels.closed.len());
        found.push(finding(page, &levels, *index..end));
    }
}

/// A skip at the first of some headings, whose repair moves the others with it.
fn finding(page: &Page<'_>, levels: &Levels, headings: std::ops::Range<usize>) -> Finding {
    let guide = page.guide;
    let (index, end) = (headings.start, headings.end);
    let heading = &guide.headings[index];
    let above = index.checked_sub(1).map(|before| &guide.headings[before]);
    let message = match above {
        Some(above) => {
            format!("heading level skipped: `{}` is level {} after level {}", heading.text, heading.level, above.level)
        }
        None => format!("heading level skipped: the first heading, `{}`, is level {}", heading.text, heading.level),
    };
    let moved: Vec<usize> = headings.filter(|at| levels.closed[*at] != levels.without_first[*at]).collect();
    let apart: Vec<usize> = moved.iter().copied().filter(|at| levels.apart[*at]).collect();
    let cards: Vec<Edit> = apart.iter().filter_map(|at| own_card(page, &guide.headings[*at])).collect();
    // What was beside a section that gets its own card does not belong to it.
    let is_left = |at: &usize| {
        let heading = &guide.headings[*at];
        let card = page.cards.iter().find(|card| card.span.contains(heading.span));
        let is_in = |other: &Heading| card.is_some_and(|card| card.span.contains(other.span));
        let beside = |other: usize| guide.headings[other].level == heading.level && is_in(&guide.headings[other]);
        (at + 1..end).any(|other| !levels.apart[other] && beside(other))
    };
    let may_move = cards.is_empty()
        || apart.iter().all(|at| may_begin_card(page, &guide.headings[*at])) && !apart.iter().any(is_left);
    let level = levels.closed[index].unwrap_or(heading.level);
    let is_html = guide.slice(heading.span).starts_with('<');
    let form = if is_html { format!("<h{level}>") } else { "#".repeat(usize::from(level)) };
    let rest = match (cards.is_empty(), moved.len() > 1) {
        (true, false) => "",
        (true, true) => ", and move the headings after it with it",
        (false, false) => " in its own card",
        (false, true) => ", and move the headings after it with it, sections into their own cards",
    };
    let help = format!("use `{form}`{rest}");
    let finding = Finding::new(heading.span, message).help(help.as_str());
    let finding = finding.maybe_label(above.map(|above| above.span), "previous heading");
    let markers: Option<Vec<Edit>> =
        moved.iter().map(|at| at_level(guide, &guide.headings[*at], levels.closed[*at]?)).collect();
    let edits = markers.filter(|_| may_move).map(|markers| cards.into_iter().chain(markers).collect());
    finding.maybe_fix(edits.map(|edits| Fix::needs_review(help, edits)))
}
