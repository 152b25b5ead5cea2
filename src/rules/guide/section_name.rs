//! `guide/section-name`

use std::cell::LazyCell;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{BlockKind, Heading};
use crate::profile::{GuideKind, fold, is_same};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/section-name", include_str!("section_name.md"), check).info().safe_fix();

/// Shorter words at the end of a heading may be abbreviations.
const SHORTEST_WORD: usize = 4;

/// A heading with more words may be a sentence.
const MOST_WORDS: usize = 6;

/// A guide in an older style is rewritten as a whole; single names in it are not worth a word.
fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    found.extend(page.guide.headings.iter().filter_map(|heading| punctuated(page, heading)));
    let (guide, sections) = (page.guide, &page.profile.sections);
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    if page.kind != GuideKind::Setup || page.legacy_step.is_some() || page.legacy_heading().is_some() {
        return;
    }
    let account = sections.account.as_ref().map(|section| section.name.as_str());
    let is_account = |heading: &Heading| account.is_some_and(|name| is_same(&heading.text, name));
    let has_account = LazyCell::new(|| guide.headings.iter().any(is_account));
    // The section of the application is called after the connector.
    let full = sections.application.name.replace("{connector}", connector);
    let bare = fold(&sections.application.name.replace("{connector}", ""));
    let is_there = || guide.headings.iter().any(|heading| is_same(&heading.text, &full));
    let unnamed = (!connector.is_empty() && !bare.is_empty() && !is_there()).then(|| full.clone());
    for (index, heading) in guide.headings.iter().enumerate() {
        let respelt = sections.respelt(&heading.text, connector).or_else(|| written_apart(page, heading));
        let written = respelt.as_deref().unwrap_or(&heading.text);
        let of_account = || written == sections.platform.name && !*has_account && is_of_account(page, index);
        let named = || unnamed.clone().filter(|_| heading.level == 2 && fold(&heading.text) == bare);
        let of_platform = account.filter(|_| of_account()).map(str::to_owned);
        let Some(name) = of_platform.or(respelt).or_else(named) else { continue };
        let finding = Finding::new(heading.content, format!("wrong section name `{}`", heading.text))
            .help(format!("use `{name}`"));
        found.push(finding.maybe_fix(repair(page, heading, &name)));
    }
}

/// The mark at the end of a heading that is a name.
fn punctuated(page: &Page<'_>, heading: &Heading) -> Option<Finding> {
    let mark = heading.text.chars().next_back().filter(|mark| matches!(mark, '.' | ':'))?;
    let words = heading.text.strip_suffix(mark)?;
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_word = last.len() >= SHORTEST_WORD && last.bytes().all(|c| c.is_ascii_alphabetic());
    // A heading may be a sentence, or several.
    let is_sentence = mark == '.' && (words.contains(". ") || words.split(' ').count() > MOST_WORDS);
    // The text has no space of any kind at its end, the source may.
    let before = page.guide.slice(heading.content).trim_end().strip_suffix(mark)?;
    let start = heading.content.start + before.len() as u32;
    let end = Span { start, end: start + 1, ..heading.content };
    (is_word && !is_sentence).then(|| {
        let finding = Finding::new(end, format!("`{mark}` at the end of the heading `{}`", heading.text));
        finding.help("remove it, and update the links to the heading")
    })
}

/// Another name of a section, with other spaces or hyphens between its words: `Console set up`.
fn written_apart(page: &Page<'_>, heading: &Heading) -> Option<String> {
    let sections = &page.profile.sections;
    let parts = sections.account.iter().chain([&sections.platform, &sections.application]);
    let folded = fold(&heading.text);
    let name = parts.flat_map(|part| &part.also).find(|name| !name.contains('{') && fold(name) == folded)?;
    (!heading.text.trim().eq_ignore_ascii_case(name)).then(|| name.clone())
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
    (plain && !linked).then(|| Fix::safe_if(keeps_id, title, edits))
}
