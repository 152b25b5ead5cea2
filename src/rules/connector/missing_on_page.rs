//! `connector/missing-on-page`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule::connector(
    "connector/missing-on-page",
    Severity::Warning,
    Fixable::No,
    include_str!("missing_on_page.md"),
    check,
);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::OnPage));
}
