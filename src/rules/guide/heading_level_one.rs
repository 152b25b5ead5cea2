//! `guide/heading-level-one`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/heading-level-one",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("heading_level_one.md"),
    needs: &[Trait::TitleFromFrontMatter],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for heading in page.guide.headings.iter().filter(|heading| heading.level == 1) {
        found.push(
            Finding::new(heading.span, format!("`{}` is a heading of level 1", heading.text))
                .help("use `##`: the page's title is already published as its heading of level 1"),
        );
    }
}
