//! `guide/legacy-section`

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::guide::Style;
use crate::profile::{fold, is_same};
use crate::rule::names::{fuller_name, is_alike, words};
use crate::rule::{Mark, Page, Rule};
use crate::searchable::Searchable;

pub const RULE: Rule = Rule::convention("guide/legacy-section", include_str!("legacy_section.md"), check)
    .info()
    .marked(&[Mark::Deprecated]);

/// One finding per guide: a guide in an older style is rewritten as a whole.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let step = page.legacy_step.clone().map(|range| (guide.text.span_of(range.clone()), &guide.text.as_str()[range]));
    let finding = match (page.legacy_heading(), step) {
        (Some(heading), step) => {
            let message = format!("legacy section `{}`", heading.text);
            let finding = Finding::new(heading.span, message);
            step.into_iter().fold(finding, |finding, (span, _)| finding.label(span, "step through the old console"))
        }
        (None, Some((span, step))) => Finding::new(span, format!("legacy step through the old console: `{step}`")),
        (None, None) => return,
    };
    found.push(finding.help(help(page)));
}

/// Whether a section is one of the page, and not part of another one.
fn is_whole(page: &Page<'_>, name: &str) -> bool {
    page.guide.headings.iter().any(|heading| heading.level == 2 && is_same(&heading.text, name))
}

/// The connector's name by the title, in the terms of the profile; a placeholder where neither the permalink nor the text
/// has that name.
fn connector(page: &Page<'_>) -> String {
    let name = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let is_own = page.contract.permalink.as_ref().is_none_or(|permalink| is_alike(&permalink.value, name));
    let is_in_text = || words(name).any(|word| page.guide.text.as_str().contains(word));
    if name.is_empty() || !is_own && !is_in_text() {
        return "{name of the application}".to_owned();
    }
    if let Some(name) = fuller_name(page) {
        return name;
    }
    let name = usual_spelling(page, name);
    let mut right = name.to_owned();
    for term in page.profile.terms_in(&Searchable::new(name)).into_iter().rev() {
        right.replace_range(term.range, &term.write);
    }
    let products = page.profile.product_names.find_in(&Searchable::new(&right));
    for (index, range) in products.into_iter().rev() {
        right.replace_range(range, &page.profile.product_names.as_slice()[index]);
    }
    right
}

/// The name as most of the text has it, with whatever uppercase letters; of two spellings that are as frequent, the one
/// with an uppercase letter in a word.
fn usual_spelling<'a>(page: &Page<'a>, name: &'a str) -> &'a str {
    let text = &page.guide.text;
    let uppercase = |written: &str| written.chars().filter(|c| c.is_uppercase()).count();
    let is_other = |written: &str| {
        written == name
            || written.eq_ignore_ascii_case(name) && uppercase(written) > 1 && written.chars().any(char::is_lowercase)
    };
    let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let places = text.starts_of(first).filter_map(|at| text.as_str().get(at..at + name.len()).map(|it| (at, it)));
    let written = places.filter(|(at, it)| is_other(it) && !text.any_has(*at..at + it.len(), Style::CODE));
    // The title counts as well.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::from([(name, 1)]);
    written.for_each(|(_, it)| *counts.entry(it).or_default() += 1);
    let usual = counts.into_iter().max_by_key(|(written, count)| (*count, uppercase(written)));
    usual.map_or(name, |(written, _)| written)
}

/// The heading of the application's section, if the page has one by a shorter or longer name of the connector.
fn application<'a>(page: &Page<'a>) -> Option<&'a str> {
    let own = page.contract.connector.as_ref()?.value.as_str();
    let legacy = page.legacy_heading().map(|heading| heading.span);
    let mut headings = page.guide.headings.iter().filter(|heading| heading.level == 2 && Some(heading.span) != legacy);
    let named = |text: &str| {
        let name = page.profile.sections.named_connector(text);
        name.is_some_and(|name| !name.is_empty() && fold(own).contains(&fold(name)))
    };
    headings.find(|heading| named(&heading.text)).map(|heading| heading.text.as_str())
}

/// Whether a step through an earlier console is outside the platform's sections, and these have the current steps.
fn repeats_steps(page: &Page<'_>) -> bool {
    let ways = page.profile.steps.reach.find_in(&page.guide.text.searchable());
    page.legacy_step.as_ref().is_some_and(|step| !page.platform.contains(step.start))
        && ways.into_iter().any(|(_, way)| page.platform.contains(way.start))
}

/// What the sections are called today, without those that are there.
fn help(page: &Page<'_>) -> String {
    let sections = &page.profile.sections;
    let application = application(page)
        .map_or_else(|| sections.application.name.replace("{connector}", &connector(page)), str::to_owned);
    let names = [application, page.platform_section().to_owned()];
    let headings: Vec<String> = page.guide.headings.iter().map(|heading| fold(&heading.text)).collect();
    let missing: Vec<&String> = names.iter().filter(|name| !headings.contains(&fold(name))).collect();
    match missing.as_slice() {
        [] if page.legacy_heading().is_some() => {
            format!("move its text to the sections `## {}` and `## {}`, and remove the heading", names[0], names[1])
        }
        [] if repeats_steps(page) => format!("remove it: the section `## {}` has the current steps", names[1]),
        // Steps through the console are those of the platform, whatever else is missing.
        _ if page.legacy_heading().is_none() => format!("rewrite it in the section `## {}`", names[1]),
        [only] if *only == &names[1] || is_whole(page, &names[1]) => format!("rewrite it as the section `## {only}`"),
        _ => format!("rewrite the guide with the sections `## {}` and `## {}`", names[0], names[1]),
    }
}
