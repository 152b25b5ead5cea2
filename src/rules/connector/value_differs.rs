//! `connector/value-differs`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Check, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "connector/value-differs",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("value_differs.md"),
    needs: &[],
    check: Check::Connector(check),
};

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::Equal));
}
