//! `guide/section-order`

use crate::diagnostic::Finding;
use crate::pack::Connector;
use crate::rule::Rule;
use crate::rules::packs::outlines;

pub const RULE: Rule = Rule::connector("guide/section-order", include_str!("section_order.md"), check).info();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, outline) in outlines(connector) {
        let mut last: Option<&crate::pack::FoundSection<'_>> = None;
        for section in &outline.found {
            if outline.first(section.rank).is_some_and(|first| first.index != section.index) {
                continue;
            }
            if let Some(last) = last.filter(|last| last.rank > section.rank) {
                let (own, other) = (section.form.spoken(), last.form.spoken());
                let finding = Finding::new(section.heading.span, format!("section `{own}` is after `{other}`"));
                found.push(finding.help(format!("move it before `{other}`")).label(last.heading.span, "later section"));
                break;
            }
            last = Some(section);
        }
    }
}
