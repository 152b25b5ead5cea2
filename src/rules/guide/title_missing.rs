//! `guide/title-missing`

use crate::diagnostic::Finding;
use crate::pack::{Connector, TitleSource};
use crate::rule::Rule;

pub const RULE: Rule = Rule::connector("guide/title-missing", include_str!("title_missing.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, guide) in connector.pages() {
        if connector.form(guide).title.as_ref().is_none_or(|title| title.from != TitleSource::Heading) {
            continue;
        }
        let finding = match guide.headings.first() {
            Some(heading) if heading.level == 1 => continue,
            Some(heading) => Finding::new(
                heading.span,
                format!("missing title: first heading `{}` is level {}", heading.text, heading.level),
            ),
            None => Finding::new(guide.body.at_start(), "missing title: page without headings"),
        };
        found.push(finding.help("start the page with a level 1 heading that names the connector"));
    }
}
