//! `guide/setup-field-name`

use crate::contract::Field;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, InlineKind};
use crate::profile::fold;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/setup-field-name",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("setup_field_name.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for field in &page.contract.fields {
        let Some(known) = page.profile.field(&field.name.value) else { continue };
        let (name, right) = (field.name.value.as_str(), known.name.as_str());
        // Another word for the value, such as `Organisation ID`, is not a other spelling, and one that the profile
        // has as a variant is right.
        let is_right = name == right || known.variants.iter().any(|variant| variant == name);
        if is_right || fold(name) != fold(right) || !is_set_as_name(page, field) || is_usual(page.guide, name, right) {
            continue;
        }
        let Some(span) = field.name.span else { continue };
        let finding = Finding::new(span, format!("misspelled field name `{name}`")).help(format!("use `{right}`"));
        found.push(if page.guide.slice(span) == name {
            finding.fix(Fix::safe(format!("use `{right}`"), vec![Edit::replace(span, right)]))
        } else {
            finding
        });
    }
}

/// Whether the page writes the words of a name apart or together as this one does, and never as the vocabulary has it:
/// the application may show them so.
fn is_usual(guide: &Guide, name: &str, right: &str) -> bool {
    let (name, right, text) = (name.to_lowercase(), right.to_lowercase(), guide.text.as_str().to_lowercase());
    name != right && name.contains(' ') && text.matches(&name).nth(1).is_some() && !text.contains(&right)
}

/// Whether the name stands for itself, in a table or in bold, and is not a word of the sentence.
fn is_set_as_name(page: &Page<'_>, field: &Field) -> bool {
    let Some(span) = field.name.span else { return false };
    let guide = page.guide;
    let is_bold = || guide.inlines_around(span).any(|inline| inline.kind == InlineKind::Strong);
    let block = guide.block_around(span);
    block.is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. })) || is_bold()
}
