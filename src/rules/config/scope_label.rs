//! `config/scope-label`

use crate::config::Text;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::scopes::Catalogue;

pub const RULE: Rule = Rule::config("config/scope-label", include_str!("scope_label.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    super::each_scope_text(configuration, |_, text, catalogues, _| found.extend(finding(text, catalogues)));
}

/// What the vendor's console shows is not what is sent.
fn finding(text: &Text, catalogues: &[&Catalogue]) -> Option<Finding> {
    if catalogues.iter().any(|catalogue| catalogue.knows(&text.value)) {
        return None;
    }
    let scope = catalogues.iter().find_map(|catalogue| catalogue.by_label(&text.value))?;
    // A label that differs from the name only in case and separators is a misspelled name.
    let folded = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if folded(&scope.name) == folded(&text.value) {
        return None;
    }
    let name = &scope.name;
    let finding = Finding::new(text.span, format!("label `{}` instead of a scope", text.value));
    Some(super::replace_text(
        finding.help(format!("replace with `{name}`")),
        text,
        name,
        format!("replace with `{name}`"),
    ))
}
