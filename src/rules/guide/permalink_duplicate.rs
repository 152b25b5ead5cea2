//! `guide/permalink-duplicate`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/permalink-duplicate",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("permalink_duplicate.md"),
    needs: &[Trait::FrontMatter],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(permalink) = &page.contract.permalink else { return };
    let Some(span) = permalink.span else { return };
    // Of two pages the later one is reported: the other was there before it.
    let Some(first) = page.site.earlier_at_own_address() else { return };
    let finding = Finding::new(span, format!("duplicate permalink `{}`", permalink.value))
        .help("use a different permalink for each page");
    found.push(match &first.permalink {
        Some((_, other)) => finding.label(*other, "first page with this permalink"),
        None => finding,
    });
}
