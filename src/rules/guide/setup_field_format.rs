//! `guide/setup-field-format`

use std::collections::BTreeMap;

use crate::contract::Field;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockId, BlockKind, Inline, InlineKind};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/setup-field-format",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("setup_field_format.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// A single value needs no table.
const FEWEST_VALUES: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    // A guide of the earlier style is told once, by another rule.
    if page.legacy_step.is_some() {
        return;
    }
    let fields = &page.contract.fields;
    let in_lines: Vec<&Field> = fields.iter().filter(|field| is_line(page, field)).collect();
    if in_lines.len() >= FEWEST_VALUES
        && let Some(span) = in_lines[0].name.span
    {
        found.push(
            Finding::new(span, "the values to enter are listed as lines of text")
                .help(table(&page.profile.values.columns)),
        );
    }
    let mut tables: BTreeMap<BlockId, Vec<(&Field, Span)>> = BTreeMap::new();
    for field in fields {
        let Some((table, span)) = table_of(page, field).zip(field.name.span) else { continue };
        if !is_bold(page, field) && !field.name.value.contains('*') {
            tables.entry(table).or_default().push((field, span));
        }
    }
    found.extend(tables.values().map(|plain| not_bold(page, plain)));
}

/// One finding for the names in a table that are not bold; there is at least one.
fn not_bold(page: &Page<'_>, names: &[(&Field, Span)]) -> Finding {
    let (first, span) = names[0];
    let finding = Finding::new(span, format!("the name `{}` is not bold", first.name.value))
        .help(format!("write `**{}**`, and so all names in the table", first.name.value));
    // Markup inside a name is left to the author.
    if names.iter().any(|(field, span)| page.guide.slice(*span) != field.name.value) {
        return finding;
    }
    let around = |(_, span): &(&Field, Span)| [Edit::insert_before(*span, "**"), Edit::insert_after(*span, "**")];
    finding.fix(Fix::safe("make the names bold", names.iter().flat_map(around).collect()))
}

/// What to write in place of lines.
fn table(columns: &[String]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    match columns.as_slice() {
        [] => "list them in a table".to_owned(),
        columns => format!("list them in a table with the columns {}", columns.join(" and ")),
    }
}

/// Whether a value is asked for by a line that begins with its name: no table, no step.
fn is_line(page: &Page<'_>, field: &Field) -> bool {
    let Some(span) = field.name.span else { return false };
    let guide = page.guide;
    let Some(block) = guide.block_around(span) else { return false };
    let text = guide.text_in(&block.text).trim_start();
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) && text.starts_with(field.name.value.as_str())
}

/// The table that asks for a value.
fn table_of(page: &Page<'_>, field: &Field) -> Option<BlockId> {
    let span = field.name.span?;
    let is_table = |block: &BlockId| matches!(page.guide.blocks[*block].kind, BlockKind::Table { .. });
    page.guide.blocks_around(span).filter(is_table).max()
}

fn is_bold(page: &Page<'_>, field: &Field) -> bool {
    let is_strong = |inline: &Inline| inline.kind == InlineKind::Strong;
    field.name.span.is_some_and(|span| page.guide.inlines_around(span).any(is_strong))
}
