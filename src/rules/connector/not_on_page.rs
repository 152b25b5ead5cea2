//! `connector/not-on-page`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Check, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "connector/not-on-page",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("not_on_page.md"),
    needs: &[],
    check: Check::Connector(check),
};

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::NamedOnPage));
}
