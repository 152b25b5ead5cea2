//! `guide/table-columns`

use crate::diagnostic::{Finding, Severity};
use crate::guide::BlockKind;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/table-columns",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("table_columns.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let mut head = None;
    for block in &guide.blocks {
        match block.kind {
            BlockKind::Table { .. } => head = None,
            BlockKind::Row { header: true, cells } => head = Some((block.span, cells)),
            BlockKind::Row { header: false, cells } => {
                let Some((span, wanted)) = head.filter(|(_, wanted)| *wanted != cells) else { continue };
                let help = if cells > wanted {
                    "remove the extra cell, or use `\\|` for a literal `|`"
                } else {
                    "add the missing cell"
                };
                let message = format!("row has {}, header has {wanted}", counted(cells));
                found.push(Finding::new(block.span, message).label(span, "header").help(help));
            }
            _ => {}
        }
    }
}

fn counted(cells: u32) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}
