//! `config/value-outdated`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Demanded};
use crate::rule::{Mark, Rule};
use crate::rules::packs::unmet;

pub const RULE: Rule = Rule::connector("config/value-outdated", include_str!("value_outdated.md"), check)
    .warning()
    .marked(&[Mark::Deprecated]);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(unmet(connector, Demanded::Current));
}
