//! `guide/table-columns`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::dialect::Dialect;
use crate::guide::{BlockId, BlockKind};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/table-columns", include_str!("table_columns.md"), check).unsafe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let (mut head, mut last) = (None, None);
    for (id, block) in guide.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Table { .. } => {
                head = None;
                found.extend(without_header(page, id));
                found.extend(last.and_then(|last| split(page, last, id)));
                last = Some(id);
            }
            BlockKind::Row { header: true, cells } => head = Some((block.span, cells)),
            BlockKind::Row { header: false, cells } => {
                let Some((span, wanted)) = head.filter(|(_, wanted)| *wanted != cells) else { continue };
                let help = if cells > wanted {
                    "remove the extra cell, or use `\\|` for a literal `|`"
                } else {
                    "add the missing cell"
                };
                let message = format!("row has {}, header has {wanted}", counted(cells));
                let finding = Finding::new(block.span, message).label(span, "header").help(help);
                // GitHub adds the cells that are missing (GFM, section 4.10), kramdown does not.
                let is_filled = cells < wanted && guide.dialect != Dialect::Kramdown;
                found.push(if is_filled { finding.severity(Severity::Warning) } else { finding });
            }
            _ => {}
        }
    }
}

/// A table whose first row is written as a header and published like the others, because no line of dashes follows it.
fn without_header(page: &Page<'_>, table: BlockId) -> Option<Finding> {
    let guide = page.guide;
    let rows: Vec<BlockId> = guide.children(table).collect();
    let first = *rows.first().filter(|_| rows.len() > 1)?;
    if rows.iter().any(|row| matches!(guide.blocks[*row].kind, BlockKind::Row { header: true, .. })) {
        return None;
    }
    let cells: Vec<BlockId> = guide.children(first).collect();
    let columns: Vec<&str> = page.profile.values.columns.iter().map(|name| name.trim_matches('*')).collect();
    let is_header = cells.iter().all(|cell| columns.contains(&guide.text_of(*cell).trim()));
    if !is_header || cells.is_empty() {
        return None;
    }
    let line = format!("|{}", " --- |".repeat(cells.len()));
    let finding = Finding::new(guide.blocks[first].span, "header published as an ordinary row");
    Some(finding.severity(Severity::Warning).help(format!("add the line `{line}` after it")))
}

/// A table right after another one, with as many columns and no header: a blank line parts its rows from those above.
fn split(page: &Page<'_>, first: BlockId, second: BlockId) -> Option<Finding> {
    let guide = page.guide;
    let has_header = |table: BlockId| {
        guide.children(table).any(|row| matches!(guide.blocks[row].kind, BlockKind::Row { header: true, .. }))
    };
    let columns = |table: BlockId| match guide.blocks[table].kind {
        BlockKind::Table { columns, .. } => Some(columns),
        _ => None,
    };
    let (above, below) = (guide.blocks[first].span, guide.blocks[second].span);
    let end = above.range().start + guide.slice(above).trim_end().len();
    let between = guide.source.text().get(end..below.range().start)?;
    let first_line = |table: Span| guide.slice(table).lines().next().unwrap_or_default();
    let is_rule = |line: &str| line.contains('-') && line.bytes().all(|c| b"|:- ".contains(&c));
    // A sentence may have a pipe.
    let is_row = first_line(below).starts_with('|') || !first_line(above).starts_with('|');
    let is_one = between.trim().is_empty()
        && guide.blocks[first].parent() == guide.blocks[second].parent()
        && !has_header(second)
        && (has_header(first) || is_rule(first_line(below)) && !is_rule(first_line(above)))
        && is_row
        && columns(first) == columns(second);
    if !is_one {
        return None;
    }
    let indent = between.rsplit('\n').next().unwrap_or_default();
    let edit =
        Edit::replace(guide.source.span(end..below.range().start), format!("{}{indent}", guide.source.line_ending()));
    let place = guide.source.span(below.range().start..below.range().start + guide.slice(below).lines().next()?.len());
    let finding = Finding::new(place, "table split by a blank line").severity(Severity::Warning);
    Some(
        finding
            .help("remove the blank line before the row")
            .fix(Fix::needs_review("remove the blank line", vec![edit])),
    )
}

fn counted(cells: u32) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}
