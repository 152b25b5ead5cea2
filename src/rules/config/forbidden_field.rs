//! `config/forbidden-field`

use crate::config::ViolationKind;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/forbidden-field", include_str!("forbidden_field.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for violation in configuration.config.violations() {
        let ViolationKind::Forbidden { name, because, help } = &violation.kind else { continue };
        let because = because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
        let help = help.as_deref().unwrap_or("remove it, or correct the kind of authentication");
        found.push(violation.finding(format!("unexpected `{name}`{because}")).help(help));
    }
}
