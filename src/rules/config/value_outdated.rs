//! `config/value-outdated`

use crate::diagnostic::{Finding, Severity};
use crate::pack::{Connector, Demanded};
use crate::rule::{Check, Fixable, Rule};
use crate::rules::packs::unmet;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/value-outdated",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("value_outdated.md"),
    needs: &[],
    check: Check::Connector(check),
};

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(unmet(connector, Demanded::Current));
}
