//! `guide/setup-field-duplicate`

use std::collections::HashMap;

use crate::diagnostic::Finding;
use crate::guide::BlockKind;
use crate::profile::fold;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::convention("guide/setup-field-duplicate", include_str!("setup_field_duplicate.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let placed = page.contract.fields.iter().filter_map(|field| Some((field.name.span?, &field.name.value)));
    let mut fields: Vec<(Span, &String)> = placed.collect();
    fields.sort_by_key(|(span, _)| *span);
    for table in page.guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table { .. })) {
        let start = fields.partition_point(|(span, _)| span.start < table.span.start);
        let in_table = fields[start..].iter().take_while(|(span, _)| table.span.contains(*span));
        let mut first: HashMap<String, Span> = HashMap::new();
        for (span, name) in in_table {
            let earlier = *first.entry(fold(name)).or_insert(*span);
            if earlier != *span {
                found.push(
                    Finding::new(*span, format!("duplicate field `{name}` in the table"))
                        .help("remove one of the rows, or correct its name")
                        .label(earlier, "first row"),
                );
            }
        }
    }
}
