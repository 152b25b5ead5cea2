//! `connector/value-differs`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Fixable, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule::connector("connector/value-differs", Severity::Warning, Fixable::No, include_str!("value_differs.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::Equal));
}
