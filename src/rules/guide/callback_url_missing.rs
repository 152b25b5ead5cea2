//! `guide/callback-url-missing`

use crate::contract::{Grant, callback};
use crate::diagnostic::Finding;
use crate::guide::{Block, BlockKind, Inline, InlineKind};
use crate::profile::{Evidence, GuideKind};
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/callback-url-missing", include_str!("callback_url_missing.md"), check).warning();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let words = &page.profile.callback;
    if page.kind != GuideKind::Setup
        || !page.callbacks.is_empty()
        || page.contract.grant.as_ref().is_some_and(|grant| grant.value == Grant::ClientCredentials)
        || words.pointers.is_in(&guide.text.searchable())
        || !callback::with_wrong_path(guide, page.profile).is_empty()
    {
        return;
    }
    let Some(span) = announced(page).or_else(|| signed_in(page)) else { return };
    found.push(
        Finding::new(span, "callback URL missing from the guide")
            .help(format!("add a step that enters `{}`", words.template)),
    );
}

/// Where the guide speaks of a callback URL. A table cell does not count: the platform fills the value by default.
fn announced(page: &Page<'_>) -> Option<Span> {
    let guide = page.guide;
    let found = page.profile.callback.announcements.find_in(&guide.text.searchable());
    if found.is_empty() {
        return None;
    }
    let cells = guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Cell { .. }));
    let cells: Vec<&Block> = cells.collect();
    let is_in_cell = |at: usize| {
        let after = cells.partition_point(|cell| cell.text.start as usize <= at);
        cells[..after].last().is_some_and(|cell| at < cell.text.end as usize)
    };
    let mut found = found.into_iter().map(|(_, range)| range);
    let outside = found.find(|range| !is_in_cell(range.start) && !callback::is_denied(guide, range));
    outside.map(|range| guide.text.span_of(range))
}

/// Where a guide whose installation sends its reader to the application and back asks for the client's credentials.
fn signed_in(page: &Page<'_>) -> Option<Span> {
    let words = &page.profile.callback;
    let sends_in = |text: &Searchable<'_>| words.redirects.is_in(text) && words.sign_ins.is_in(text);
    let platform = &page.platform;
    // One look at the whole text excludes nearly all guides.
    let sends = sends_in(&page.guide.text.searchable())
        && texts(page).filter(|block| platform.contains(block.text.start as usize)).any(|block| {
            let text = page.guide.text.searchable_in(block.text.start as usize..block.text.end as usize);
            sends_in(&text)
        });
    // A button of the form that leads to the application: **Sign In**.
    let is_button = |label: &Inline| {
        let name = page.guide.text_in(&label.text).trim();
        let is_it = |phrase: &String| phrase.trim_end_matches(" to").eq_ignore_ascii_case(name);
        platform.contains(label.text.start as usize) && words.sign_ins.as_slice().iter().any(is_it)
    };
    let sends = sends || page.guide.inlines.iter().any(|label| label.kind == InlineKind::Strong && is_button(label));
    let is_client = |name: &str| page.profile.field(name).is_some_and(|field| field.auth == Some(Evidence::OAuth2));
    let fields = page.contract.fields.iter().filter(|field| is_client(&field.name.value));
    if sends { fields.into_iter().find_map(|field| field.name.span) } else { None }
}

/// Paragraphs and items outside tables.
fn texts<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Block> {
    let blocks = page.guide.blocks.iter();
    blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Definition))
}
