//! `connector/value-differs`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Verb};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("connector/value-differs", include_str!("value_differs.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::Equal));
}
