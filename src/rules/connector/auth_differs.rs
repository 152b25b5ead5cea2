//! `connector/auth-differs`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Verb};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("connector/auth-differs", include_str!("auth_differs.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::NotContradicted));
}
