//! `connector/auth-differs`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Check, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "connector/auth-differs",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("auth_differs.md"),
    needs: &[],
    check: Check::Connector(check),
};

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::NotContradicted));
}
