//! `guide/section-missing`

use crate::diagnostic::{Finding, Severity};
use crate::guide::{Guide, Heading};
use crate::profile::{GuideKind, SectionRole};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/section-missing",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("section_missing.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, sections) = (page.guide, &page.profile.sections);
    if page.kind != GuideKind::Setup || guide.swallowed.is_some() || guide.blocks.is_empty() {
        return;
    }
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let is_of_platform = |heading: &Heading| {
        let role = sections.role(unnumbered(&heading.text), connector);
        matches!(role, Some(SectionRole::Platform | SectionRole::Account))
    };
    let missing =
        |name: &str, help: String| Finding::new(place(guide), format!("the guide has no section `{name}`")).help(help);
    if !leads_to_values(page) && !guide.headings.iter().any(is_of_platform) {
        let name = &sections.platform.name;
        found.push(missing(name, format!("add `## {name}` with the steps that lead to where the values are entered")));
    } else if !guide.headings.is_empty() && guide.headings.iter().all(is_of_platform) {
        let name = sections.application.name.replace("{connector}", connector);
        found.push(missing(&name, format!("add `## {name}` and say where the values come from")));
    }
}

/// Whether the text leads to where values are entered, under whatever heading.
fn leads_to_values(page: &Page<'_>) -> bool {
    page.legacy_step.is_some() || page.profile.steps.reach.is_in(&page.guide.text.searchable())
}

/// A heading without the number that it begins with: `3. `.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(". ").map_or(heading, str::trim_start)
}

/// The last heading: what is missing would follow it. A guide without headings is told at its title,
/// which stays what it is when text is added.
fn place(guide: &Guide) -> Span {
    let title = || guide.front_matter("title").map_or(guide.body.at_start(), |title| title.span);
    guide.headings.last().map_or_else(title, |heading| heading.span)
}
