//! `guide/section-name`

use std::cell::LazyCell;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Heading};
use crate::profile::{GuideKind, fold};
use crate::rule::{Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule =
    Rule::guide("guide/section-name", Severity::Info, Fixable::Safe, include_str!("section_name.md"), check);

/// A guide in an older style is rewritten as a whole; single names in it are not worth a word.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, sections) = (page.guide, &page.profile.sections);
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    if page.kind != GuideKind::Setup || page.legacy_step.is_some() || page.legacy_heading().is_some() {
        return;
    }
    let account = sections.account.as_ref().map(|section| section.name.as_str());
    let is_account = |heading: &Heading| account.is_some_and(|name| fold(&heading.text) == fold(name));
    let has_account = LazyCell::new(|| guide.headings.iter().any(is_account));
    // The section of the application is called after the connector.
    let full = sections.application.name.replace("{connector}", connector);
    let bare = fold(&sections.application.name.replace("{connector}", ""));
    let is_there = || guide.headings.iter().any(|heading| fold(&heading.text) == fold(&full));
    let unnamed = (!connector.is_empty() && !bare.is_empty() && !is_there()).then(|| full.clone());
    for (index, heading) in guide.headings.iter().enumerate() {
        let respelt = sections.respelt(&heading.text, connector);
        let written = respelt.as_deref().unwrap_or(&heading.text);
        let of_account = || written == sections.platform.name && !*has_account && is_of_account(page, index);
        let named = || unnamed.clone().filter(|_| heading.level == 2 && fold(&heading.text) == bare);
        let of_platform = account.filter(|_| of_account()).map(str::to_owned);
        let Some(name) = of_platform.or(respelt).or_else(named) else { continue };
        let finding = Finding::new(heading.content, format!("wrong section name `{}`", heading.text))
            .help(format!("use `{name}`"));
        found.push(match repair(page, heading, &name) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// Whether a section says only what is asked for when the connector is installed: no steps lead to the console.
fn is_of_account(page: &Page<'_>, heading: usize) -> bool {
    let (guide, profile) = (page.guide, page.profile);
    // A section before the first heading has none.
    let section = guide.sections[heading..].iter().take(2).find(|section| section.heading == Some(heading));
    let blocks = section.map(|section| &guide.blocks[section.blocks.clone()]).unwrap_or_default();
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return false };
    let text = guide.text.searchable_in(first.text.start as usize..last.text.end as usize);
    let has_steps = blocks.iter().any(|block| matches!(block.kind, BlockKind::List { ordered: true, .. }));
    profile.values.account_announcements.is_in(&text) && !has_steps && !profile.steps.reach.is_in(&text)
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
