//! `connector/not-in-data`

use crate::diagnostic::Finding;
use crate::pack::{Connector, Link, Verb};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("connector/not-in-data", include_str!("not_in_data.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    found.extend(connector.disagreements(Verb::KnownToData));
    if let Some(Link::Unknown { data, value, span }) = connector.link {
        let finding = Finding::new(*span, format!("`{value}` not found in `{data}`"));
        found.push(finding.help("copy the value of the connector's entry"));
    }
}
