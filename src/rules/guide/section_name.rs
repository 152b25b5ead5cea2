//! `guide/section-name`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::Heading;
use crate::profile::GuideKind;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/section-name",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("section_name.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// A guide in an older style is rewritten as a whole; single names in it are not worth a word.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, sections) = (page.guide, &page.profile.sections);
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    if page.kind != GuideKind::Setup || page.legacy_step.is_some() || page.legacy_heading().is_some() {
        return;
    }
    for heading in &guide.headings {
        let Some(name) = sections.respelt(&heading.text, connector) else {
            continue;
        };
        let finding = Finding::new(heading.content, format!("wrong section name `{}`", heading.text))
            .help(format!("use `{name}`"));
        found.push(match repair(page, heading, &name) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// The heading's id changes with its name, so there must be no link to it on the page.
fn repair(page: &Page<'_>, heading: &Heading, name: &str) -> Option<Fix> {
    let guide = page.guide;
    let plain = guide.slice(heading.content) == heading.text;
    let linked = guide.links.iter().any(|link| link.target.rsplit_once('#').is_some_and(|(_, id)| id == heading.id));
    let (title, edits) = (format!("use `{name}`"), vec![Edit::replace(heading.content, name)]);
    // Other pages may lead there too.
    let keeps_id = heading.text.eq_ignore_ascii_case(name);
    (plain && !linked).then(|| if keeps_id { Fix::safe(title, edits) } else { Fix::needs_review(title, edits) })
}
