//! `guide/encoding-invalid`

use crate::diagnostic::Finding;
use crate::rule::{Mark, Page, Rule};
use crate::rules::encoding;

pub const RULE: Rule = Rule::guide("guide/encoding-invalid", include_str!("encoding_invalid.md"), check)
    .marked(&[Mark::AnyFile, Mark::CopiedPage]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    found.extend(encoding::finding(&page.guide.source));
}
