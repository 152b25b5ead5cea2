//! `guide/empty-section`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/empty-section",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("empty_section.md"),
    needs: &[],
    check: Check::Guide(check),
};

const HELP: &str = "write the section, make the headings behind it part of it, or remove it";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for section in guide.sections.iter().filter(|section| guide.is_empty_section(section)) {
        let Some(index) = section.heading else { continue };
        let heading = &guide.headings[index];
        let next = guide.headings.get(index + 1);
        let finding = match next.filter(|next| next.level > heading.level) {
            Some(next) => {
                let message = format!("`{}` has no text of its own before `{}`", heading.text, next.text);
                Finding::new(heading.span, message)
                    .help("say in a sentence what the section is for")
                    .severity(Severity::Info)
            }
            None => Finding::new(heading.span, format!("there is nothing under `{}`", heading.text)).help(HELP),
        };
        found.push(next.into_iter().fold(finding, |finding, next| finding.label(next.span, "the next heading")));
    }
    for card in &page.cards {
        if page.guide.shows_nothing(card.open.end..card.span.end) {
            let finding = Finding::new(card.open, "this card is published as an empty box");
            found.push(finding.help("remove it").severity(Severity::Info));
        }
    }
}
