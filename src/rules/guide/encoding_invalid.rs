//! `guide/encoding-invalid`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::rules::encoding;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/encoding-invalid",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("encoding_invalid.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    found.extend(encoding::finding(&page.guide.source));
}
