//! `guide/duplicate-heading`

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::profile::fold;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/duplicate-heading", include_str!("duplicate_heading.md"), check).warning();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let mut seen: BTreeMap<(Option<usize>, String), Span> = BTreeMap::new();
    for section in &guide.sections {
        let Some(heading) = section.heading.map(|index| &guide.headings[index]) else { continue };
        let key = (section.parent, fold(&heading.text));
        if key.1.is_empty() || guide.has_unknown_text(heading.span) {
            continue;
        }
        match seen.get(&key) {
            Some(first) => found.push(
                Finding::new(heading.span, format!("duplicate heading `{}`", heading.text))
                    .label(*first, "first heading")
                    .help("merge the two sections, or name the difference in the heading"),
            ),
            None => {
                seen.insert(key, heading.span);
            }
        }
    }
}
