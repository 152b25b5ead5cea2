//! `guide/legacy-section`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/legacy-section",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("legacy_section.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// One finding per guide: a guide in an older style is rewritten as a whole.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let step = page.legacy_step.clone().map(|range| (guide.text.span_of(range.clone()), &guide.text.as_str()[range]));
    let finding = match (page.legacy_heading(), step) {
        (Some(heading), step) => {
            let message = format!("`{}` is a section of an older style", heading.text);
            let finding = Finding::new(heading.span, message);
            step.into_iter()
                .fold(finding, |finding, (span, _)| finding.label(span, "and a step through the old console"))
        }
        (None, Some((span, step))) => Finding::new(span, format!("`{step}` is a step through the old console")),
        (None, None) => return,
    };
    found.push(finding.help(format!("rewrite the guide with the sections {}", todays_sections(page))));
}

/// What the sections are called today.
fn todays_sections(page: &Page<'_>) -> String {
    let sections = &page.profile.sections;
    let connector = page.contract.connector.as_ref().map_or("{connector}", |connector| connector.value.as_str());
    let names = [&sections.application.name, &sections.platform.name];
    names.map(|name| format!("`## {}`", name.replace("{connector}", connector))).join(" and ")
}
