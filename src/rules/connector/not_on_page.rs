//! `connector/not-on-page`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Verb};
use crate::rule::{Fixable, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule::connector("connector/not-on-page", Severity::Warning, Fixable::No, include_str!("not_on_page.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::NamedOnPage));
}
