//! `guide/table-not-rendered`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/table-not-rendered", include_str!("table_not_rendered.md"), check)
    .safe_fix()
    .needs(&[Trait::TablesNeedBlankLine]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for table in &page.guide.raw_tables {
        let line = page.guide.source.line(table.span.start);
        let Some(row) = page.guide.source.line_span(line) else { continue };
        // In a quote the line has its mark.
        let written = page.guide.slice(row);
        let mark = written[..written.len() - written.trim_start_matches([' ', '>']).len()].trim_end();
        let line = format!("{mark}{}", page.guide.source.line_ending());
        let fix = Fix::safe("add a blank line", vec![Edit::insert_before(row, line)]);
        found.push(
            Finding::new(table.span, "table published as text")
                .label(table.before, "same paragraph")
                .help("add a blank line before the table")
                .fix(fix),
        );
    }
}
