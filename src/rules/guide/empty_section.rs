//! `guide/empty-section`

use crate::diagnostic::{Finding, Severity};
use crate::dialect::Trait;
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/empty-section", include_str!("empty_section.md"), check).warning();

const HELP: &str = "add text, nest the headings after it, or remove it";

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, legacy) = (page.guide, page.legacy_heading());
    for section in guide.sections.iter().filter(|section| guide.is_empty_section(section)) {
        let Some(index) = section.heading else { continue };
        let heading = &guide.headings[index];
        // What becomes of a second heading of level 1 is for `guide/heading-level-one` to say.
        if heading.level == 1 && guide.dialect.has(Trait::TitleFromFrontMatter) {
            continue;
        }
        let next = guide.headings.get(index + 1);
        let finding = match next.filter(|next| next.level > heading.level) {
            Some(next) => {
                let message = format!("no text between the headings `{}` and `{}`", heading.text, next.text);
                let is_of_platform = |heading: &str| page.profile.section_level(heading).is_some();
                let lacks_steps = is_of_platform(&next.text) && !is_of_platform(&heading.text);
                // A section of a former structure is rewritten as a whole.
                if legacy.is_some_and(|legacy| legacy.span == heading.span) && !lacks_steps {
                    continue;
                }
                let help = if lacks_steps {
                    "add the steps in the application, or remove the heading"
                } else {
                    "add a sentence that introduces the section"
                };
                Finding::new(heading.span, message).help(help).severity(Severity::Info)
            }
            None => Finding::new(heading.span, format!("section `{}` is empty", heading.text)).help(HELP),
        };
        found.push(finding.maybe_label(next.map(|next| next.span), "next heading"));
    }
    for card in &page.cards {
        if page.guide.shows_nothing(card.open.end..card.span.end) {
            let finding = Finding::new(card.open, "card without content");
            found.push(finding.help("remove it"));
        }
    }
}
