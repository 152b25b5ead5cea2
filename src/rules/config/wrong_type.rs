//! `config/wrong-type`

use crate::config::ViolationKind;
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/wrong-type", include_str!("wrong_type.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for violation in configuration.config.violations() {
        if let ViolationKind::Misshaped { first } = &violation.kind {
            let help = format!("use `- {{Name: {first}, Value: ...}}` for each property");
            found.push(
                Finding::new(violation.span, "wrong type for `Properties`: expected a list of names and values")
                    .help(help),
            );
        }
        let ViolationKind::WrongType { name, expected, found: is, quotable } = &violation.kind else { continue };
        let is = if *is == "null" { "empty".to_owned() } else { format!("a {is}") };
        let finding = Finding::new(violation.span, format!("wrong type for `{name}`: expected {expected}, found {is}"));
        found.push(if *quotable {
            // Quotes around the text as written: a number keeps its zeros and all its digits.
            let edits = vec![Edit::insert_before(violation.span, "\""), Edit::insert_after(violation.span, "\"")];
            finding.help("put the value in quotes").fix(Fix::safe("put the value in quotes", edits))
        } else if name == "AuthValue" {
            finding.help("use quotes around the JSON object")
        } else {
            finding.help(format!("use {expected}"))
        });
    }
}
