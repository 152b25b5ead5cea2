//! `guide/table-not-rendered`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::dialect::Trait;
use crate::rule::{Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule::guide(
    "guide/table-not-rendered",
    Severity::Error,
    Fixable::Safe,
    include_str!("table_not_rendered.md"),
    check,
)
.needs(&[Trait::TablesNeedBlankLine]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for table in &page.guide.raw_tables {
        let line = page.guide.source.line(table.span.start);
        let Some(row) = page.guide.source.line_span(line) else { continue };
        let fix = Fix::safe("add a blank line", vec![Edit::insert_before(row, page.guide.source.line_ending())]);
        found.push(
            Finding::new(table.span, "table published as text")
                .label(table.before, "same paragraph")
                .help("add a blank line before the table")
                .fix(fix),
        );
    }
}
