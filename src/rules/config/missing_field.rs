//! `config/missing-field`

use crate::config::{Violation, ViolationKind};
use crate::diagnostic::{Finding, Fix};
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/missing-field", include_str!("missing_field.md"), check).unsafe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    found.extend(configuration.config.violations().filter_map(finding));
}

fn finding(violation: &Violation) -> Option<Finding> {
    let ViolationKind::Missing { name, property, more, empty, because, insert } = &violation.kind else { return None };
    let what = if !more.is_empty() {
        let names: Vec<String> = std::iter::once(name).chain(more).map(|name| format!("`{name}`")).collect();
        format!("properties {}", names.join(", "))
    } else if *property {
        format!("property `{name}`")
    } else {
        format!("`{name}`")
    };
    let (message, help) = if *empty {
        (format!("empty value for {what}"), "add the value".to_owned())
    } else {
        let because = because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
        let help = if *property {
            format!("add `Name: {name}` with its value, or with `ProvidedBy: partner` if it is set in the console")
        } else {
            format!("add `{name}`")
        };
        (format!("missing {what}{because}"), help)
    };
    let fix = insert.as_ref().map(|edit| Fix::needs_review(format!("add {what}"), vec![edit.clone()]));
    Some(violation.show(violation.finding(message).help(help).maybe_fix(fix), "required here"))
}
