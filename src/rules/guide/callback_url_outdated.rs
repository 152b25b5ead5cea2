//! `guide/callback-url-outdated`

use crate::diagnostic::Finding;
use crate::pack::Connector;
use crate::rule::{Mark, Rule};

pub const RULE: Rule = Rule::connector("guide/callback-url-outdated", include_str!("callback_url_outdated.md"), check)
    .warning()
    .marked(&[Mark::Deprecated]);

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
