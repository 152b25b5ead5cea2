//! `config/value-outdated`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Demanded};
use crate::rule::{Fixable, Rule};
use crate::rules::packs::unmet;

pub(in crate::rules) const RULE: Rule =
    Rule::connector("config/value-outdated", Severity::Warning, Fixable::No, include_str!("value_outdated.md"), check);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(unmet(connector, Demanded::Current));
}
