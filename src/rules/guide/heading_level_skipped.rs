//! `guide/heading-level-skipped`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::Heading;
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
    let moved: Vec<(&Heading, u8)> = headings
        .filter_map(|at| Some((&guide.headings[at], levels.closed[at]?, levels.without_first[at]?)))
        .filter(|(_, closed, level)| closed != level)
        .map(|(heading, closed, _)| (heading, closed))
        .collect();
    let level = levels.closed[index].unwrap_or(heading.level);
    let is_html = guide.slice(heading.span).starts_with('<');
    let form = if is_html { format!("<h{level}>") } else { "#".repeat(usize::from(level)) };
    let apart = if levels.beside[index] { own_card(page, heading) } else { None };
    let place = if apart.is_some() { " in its own card" } else { "" };
    let rest = if moved.len() > 1 { ", and move its subheadings with it" } else { "" };
    let help = format!("use `{form}`{place}{rest}");
    let finding = Finding::new(heading.span, message).help(help.as_str());
    let finding = finding.maybe_label(above.map(|above| above.span), "previous heading");
    let edits: Option<Vec<Edit>> = moved.into_iter().map(|(heading, level)| at_level(guide, heading, level)).collect();
    let edits = edits.map(|edits| apart.into_iter().chain(edits).collect());
    finding.maybe_fix(edits.map(|edits| Fix::needs_review(help, edits)))
}
