//! `guide/encoding-invalid`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/encoding-invalid",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("encoding_invalid.md"),
    check: Check::Guide(check),
};

/// One finding per guide: a file in another encoding is wrong in many places for one cause.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let source = &page.guide.source;
    let Some(first) = source.invalid().first() else { return };
    let message = match source.invalid().len() {
        1 => "the file is not UTF-8 here".to_owned(),
        places => format!("the file is not UTF-8 here and in {} more places", places - 1),
    };
    let help = "save the file as UTF-8: Jekyll refuses it, or publishes other characters";
    found.push(Finding::new(source.span(first.clone()), message).help(help));
}
