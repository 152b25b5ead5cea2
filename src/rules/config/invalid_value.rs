//! `config/invalid-value`

use crate::config::{Violation, ViolationKind};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/invalid-value", include_str!("invalid_value.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    found.extend(configuration.config.violations().filter_map(|violation| finding(configuration, violation)));
}

fn finding(configuration: &Configuration<'_>, violation: &Violation) -> Option<Finding> {
    let ViolationKind::Invalid { name, allowed, meant, advice, form } = &violation.kind else { return None };
    let config = configuration.config;
    let written = config.source.slice(violation.span).trim_matches(['"', '\'']);
    // A forgotten placeholder is reported by its own rule.
    if advice.is_none() && config.references.placeholder_in(written).is_some() {
        return None;
    }
    let mut finding = match (advice, form) {
        (Some((advice, help)), _) => violation.finding(advice).help(help.clone()),
        (_, Some((form, help))) => violation.finding(format!("`{name}` {form}")).help(*help),
        _ => violation.finding(format!("invalid value `{written}` for `{name}`")),
    };
    if let Some(meant) = meant {
        let fix = super::replace_string(config, violation.span, meant, format!("use `{meant}`"));
        return Some(finding.help(format!("use `{meant}`")).fix(fix));
    }
    if !allowed.is_empty() {
        let allowed: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
        finding = finding.help(format!("use one of {}", allowed.join(", ")));
    }
    Some(finding)
}
