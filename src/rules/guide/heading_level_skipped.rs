//! `guide/heading-level-skipped`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Levels, Page, Rule, at_level, own_card};

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
    let index = headings.start;
    let heading = &guide.headings[index];
    let above = index.checked_sub(1).map(|before| &guide.headings[before]);
    let message = match above {
        Some(above) => {
            format!("heading level skipped: `{}` is level {} after level {}", heading.text, heading.level, above.level)
        }
        None => format!("heading level skipped: the first heading, `{}`, is level {}", heading.text, heading.level),
    };
    let moved: Vec<usize> = headings.filter(|at| levels.closed[*at] != levels.without_first[*at]).collect();
    let cards: Vec<Edit> =
        moved.iter().filter(|at| levels.apart[**at]).filter_map(|at| own_card(page, &guide.headings[*at])).collect();
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
    let levels: Option<Vec<Edit>> =
        moved.iter().map(|at| at_level(guide, &guide.headings[*at], levels.closed[*at]?)).collect();
    let edits = levels.map(|levels| cards.into_iter().chain(levels).collect());
    finding.maybe_fix(edits.map(|edits| Fix::needs_review(help, edits)))
}
