//! `guide/section-level`

use crate::diagnostic::Finding;
use crate::pack::Connector;
use crate::rule::Rule;
use crate::rules::packs::outlines;

pub const RULE: Rule = Rule::connector("guide/section-level", include_str!("section_level.md"), check).warning();

fn check(connector: &Connector<'_>, found: &mut Vec<Finding>) {
    for (_, outline) in outlines(connector) {
        for section in outline.found.iter().filter(|section| !connector.may_leave_out(section.form)) {
            let Some(level) = section.form.level.filter(|level| *level != section.heading.level) else { continue };
            let message =
                format!("section `{}` is level {}, expected {level}", section.form.spoken(), section.heading.level);
            let help = format!("use `{}`", "#".repeat(usize::from(level)));
            found.push(Finding::new(section.heading.span, message).help(help));
        }
    }
}
