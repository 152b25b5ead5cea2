//! `guide/empty-section`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/empty-section",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("empty_section.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for section in guide.sections.iter().filter(|section| guide.is_empty_section(section)) {
        let Some(index) = section.heading else { continue };
        let heading = &guide.headings[index];
        let Some(next) = guide.headings.get(index + 1) else {
            found.push(Finding::new(heading.span, format!("there is nothing under `{}`", heading.text)).help(HELP));
            continue;
        };
        let finding = if next.level > heading.level {
            let message = format!("`{}` has no text of its own before `{}`", heading.text, next.text);
            Finding::new(heading.span, message)
                .help("say in a sentence what the section is for")
                .severity(Severity::Info)
        } else {
            Finding::new(heading.span, format!("there is nothing under `{}`", heading.text)).help(HELP)
        };
        found.push(finding.label(next.span, "the next heading"));
    }
}

const HELP: &str = "write the section, make the headings behind it part of it, or remove it";
