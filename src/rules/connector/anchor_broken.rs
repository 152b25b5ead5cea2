//! `connector/anchor-broken`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Fixable, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule::connector("connector/anchor-broken", Severity::Error, Fixable::No, include_str!("anchor_broken.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::AnchorOnPage));
}
