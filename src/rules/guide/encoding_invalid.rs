//! `guide/encoding-invalid`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Fixable, Page, Rule};
use crate::rules::encoding;

pub(in crate::rules) const RULE: Rule =
    Rule::guide("guide/encoding-invalid", Severity::Error, Fixable::No, include_str!("encoding_invalid.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    found.extend(encoding::finding(&page.guide.source));
}
