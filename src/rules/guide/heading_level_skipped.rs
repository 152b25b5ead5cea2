//! `guide/heading-level-skipped`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/heading-level-skipped",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("heading_level_skipped.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let headings = &page.guide.headings;
    for (index, heading) in headings.iter().enumerate() {
        let above = index.checked_sub(1).map(|before| &headings[before]);
        // The page's title is its heading of level 1.
        let level = above.map_or(1, |above| above.level);
        if heading.level <= level + 1 {
            continue;
        }
        let message = match above {
            Some(_) => {
                format!("`{}` is a heading of level {} right after one of level {level}", heading.text, heading.level)
            }
            None => format!("the page's first heading, `{}`, is one of level {}", heading.text, heading.level),
        };
        let finding = Finding::new(heading.span, message).help(format!("use `{}`", "#".repeat(usize::from(level) + 1)));
        found
            .push(above.into_iter().fold(finding, |finding, above| finding.label(above.span, "the heading before it")));
    }
}
