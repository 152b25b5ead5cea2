//! `config/auth-type-mismatch`

use crate::config::ViolationKind;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/auth-type-mismatch", include_str!("auth_type_mismatch.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for violation in configuration.config.violations() {
        let ViolationKind::AuthMismatch { key, written, documented } = &violation.kind else { continue };
        let message = format!("wrong `{key}`: expected `{documented}`, found `{written}`");
        let finding = violation.finding(message).help(format!("use `{documented}`"));
        found.push(violation.show(finding, "described here"));
    }
}
