//! `guide/callback-url-outdated`

use crate::diagnostic::{Finding, Severity};
use crate::pack::Connector;
use crate::rule::{Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule::connector(
    "guide/callback-url-outdated",
    Severity::Warning,
    Fixable::No,
    include_str!("callback_url_outdated.md"),
    check,
);

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, guide) in connector.pages() {
        for (span, former) in connector.former_callbacks(guide) {
            let finding = Finding::new(span, format!("outdated callback URL `{former}`"));
            found.push(match connector.pack.callback.now.first() {
                Some(now) => finding.help(format!("use `{now}`")),
                None => finding,
            });
        }
    }
}
