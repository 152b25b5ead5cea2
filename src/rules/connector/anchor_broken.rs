//! `connector/anchor-broken`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Verb};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("connector/anchor-broken", include_str!("anchor_broken.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::AnchorOnPage));
}
