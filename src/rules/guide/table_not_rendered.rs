//! `guide/table-not-rendered`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/table-not-rendered", include_str!("table_not_rendered.md"), check)
    .safe_fix()
    .needs(&[Trait::TablesNeedBlankLine]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, source) = (page.guide, &page.guide.source);
    for table in &guide.raw_tables {
        let Some(beside) = table.before.or(table.after) else { continue };
        let row = table.before.and_then(|_| source.line_span(source.line(table.span.start)));
        let next = table.after.and_then(|after| source.line_span(source.line(after.start)));
        let blank = |line: Span| {
            // In a quote the line has its mark.
            let written = guide.slice(line);
            let mark = written[..written.len() - written.trim_start_matches([' ', '>']).len()].trim_end();
            Edit::insert_before(line, format!("{mark}{}", source.line_ending()))
        };
        let edits = row.into_iter().chain(next).map(blank).collect();
        let place = if table.before.is_some() { "before" } else { "after" };
        found.push(
            Finding::new(table.span, "table published as text")
                .label(beside, "same paragraph")
                .help(format!("add a blank line {place} the table"))
                .fix(Fix::safe("add a blank line", edits)),
        );
    }
}
