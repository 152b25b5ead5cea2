//! `connector/not-on-page`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Verb};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("connector/not-on-page", include_str!("not_on_page.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::NamedOnPage));
}
