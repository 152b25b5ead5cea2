//! `config/unknown-field`

use crate::config::{Violation, ViolationKind};
use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/unknown-field", include_str!("unknown_field.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    found.extend(configuration.config.violations().filter_map(|violation| finding(configuration, violation)));
}

fn finding(configuration: &Configuration<'_>, violation: &Violation) -> Option<Finding> {
    if let ViolationKind::Misplaced { names } = &violation.kind {
        return Some(misplaced(violation, names));
    }
    let ViolationKind::Unknown { name, property, meant, is_sure, known } = &violation.kind else { return None };
    let what = if *property { "property" } else { "key" };
    let mut finding = violation.finding(format!("unknown {what} `{name}`"));
    Some(match meant {
        Some(meant) if violation.severity == Some(Severity::Info) => {
            finding.message = format!("different case: `{name}` for the {what} `{meant}`");
            if *property {
                return Some(finding.help("use the name that the console shows"));
            }
            let fix = super::replace_string(configuration.config, violation.span, meant, format!("use `{meant}`"));
            finding.help(format!("replace with `{meant}`")).fix(fix)
        }
        Some(meant) => {
            let fix = super::replace_string(configuration.config, violation.span, meant, format!("use `{meant}`"));
            let applicability = Applicability::safe_if(*is_sure);
            finding.help(format!("replace with `{meant}`")).fix(Fix { applicability, ..fix })
        }
        None if known.is_empty() => finding.help("remove it, or use the name that the console shows"),
        None if known.len() == 1 => finding.help(format!("use `{}`", known[0])),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            finding.help(format!("use one of {}", known.join(", ")))
        }
    })
}

/// Properties that are not in the list of properties.
fn misplaced(violation: &Violation, names: &[String]) -> Finding {
    let (first, count) = (&names[0], names.len());
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let what = if count == 1 { "property" } else { "properties" };
    Finding::new(violation.span, format!("misplaced {what} {}", listed.join(", ")))
        .help(format!("move to `Properties` as `- {{Name: {first}, Value: ...}}`"))
}
