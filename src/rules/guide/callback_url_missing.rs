//! `guide/callback-url-missing`

use std::ops::Range;

use crate::contract::{Grant, callback};
use crate::diagnostic::Finding;
use crate::guide::words::{denies, words_of_clause};
use crate::guide::{Block, BlockKind, Guide, Inline, InlineKind};
use crate::profile::{Evidence, GuideKind};
use crate::rule::{Page, Rule};
use crate::searchable::Searchable;
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/callback-url-missing", include_str!("callback_url_missing.md"), check).warning();

/// Words right before the name of a callback URL that deny it.
const WITHOUT: [&str; 4] = ["ignore", "no", "skip", "without"];

/// Words of no meaning here.
const ARTICLES: [&str; 4] = ["a", "an", "any", "the"];

/// Verbs of needs: "does not need a callback URL".
const NEEDS: [&str; 8] = ["have", "need", "needed", "necessary", "require", "required", "use", "used"];

/// Words after the name that say that it is left out.
const LEFT_OUT: [&str; 3] = ["blank", "empty", "optional"];

/// Words on each side of the name that are read.
const NEAR: usize = 4;

/// Bytes on each side of the name of a callback URL in which its clause is read.
const LONGEST_CLAUSE: usize = 80;

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
    let outside = found.find(|range| !is_in_cell(range.start) && !is_denied(guide, range));
    outside.map(|range| guide.text.span_of(range))
}

/// Whether the clause around the name of a callback URL says that none is needed: "does not need a callback URL", "a
/// callback URL is not used". "You can't connect without the callback URL" denies twice.
fn is_denied(guide: &Guide, name: &Range<usize>) -> bool {
    let text = guide.text.as_str();
    let words = |clause: &str| -> Vec<String> {
        words_of_clause(clause).filter(|word| !ARTICLES.contains(word)).map(str::to_lowercase).collect()
    };
    let marks = ['.', ',', ';', ':', '('];
    let before = text[guide.text.line_before(name.start, LONGEST_CLAUSE)].rsplit(marks).next().unwrap_or_default();
    let after = text[guide.text.line_after(name.end, LONGEST_CLAUSE)].split(marks).next().unwrap_or_default();
    let (before, after) = (words(before), words(after));
    let denies = |word: &String| denies(word);
    let is_need = |word: &String| NEEDS.contains(&word.as_str());
    let is_without = before.last().is_some_and(|last| WITHOUT.contains(&last.as_str()));
    let is_unneeded = before.windows(2).last().is_some_and(|pair| denies(&pair[0]) && is_need(&pair[1]))
        || before.windows(2).any(|pair| pair[0] == "no" && pair[1] == "need");
    let after = &after[..after.len().min(NEAR)];
    let is_left_out = after.iter().any(|word| LEFT_OUT.contains(&word.as_str()));
    is_without && !before.iter().any(denies)
        || is_unneeded
        || is_left_out
        || after.iter().any(denies) && after.iter().any(is_need)
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
