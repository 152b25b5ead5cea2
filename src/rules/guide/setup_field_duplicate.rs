//! `guide/setup-field-duplicate`

use crate::contract::Field;
use crate::diagnostic::{Finding, Severity};
use crate::guide::BlockKind;
use crate::profile::fold;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/setup-field-duplicate",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("setup_field_duplicate.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for block in page.guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table { .. })) {
        let is_in_table = |field: &&Field| field.name.span.is_some_and(|span| block.span.contains(span));
        let fields: Vec<&Field> = page.contract.fields.iter().filter(is_in_table).collect();
        for (index, field) in fields.iter().enumerate() {
            let name = fold(&field.name.value);
            let first = fields[..index].iter().find(|other| fold(&other.name.value) == name);
            let (Some(first), Some(span)) = (first, field.name.span) else { continue };
            let finding = Finding::new(span, format!("duplicate field `{}` in the table", field.name.value))
                .help("remove one of the rows, or correct its name");
            found.push(match first.name.span {
                Some(place) => finding.label(place, "first row"),
                None => finding,
            });
        }
    }
}
