//! `guide/scope-malformed`

use std::ops::Range;

use crate::contract::Found;
use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, Inline, InlineKind, Style};
use crate::rule::{Page, Rule};
use crate::scopes;
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/scope-malformed", include_str!("scope_malformed.md"), check).warning().safe_fix();

/// Scopes of which further places are looked for.
const MOST_REPEATED: usize = 200;

/// What ends a sentence or a part of it.
const ENDINGS: [char; 3] = [';', '.', ':'];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    for scope in &page.contract.scopes {
        found.extend(scope.span.and_then(|span| not_code(page, span, &scope.value)));
    }
    plain(page, found);
    for code in page.guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code) {
        in_code(page, code, found);
    }
}

/// The first scope of a list or table that is not set as code, for all of them.
fn plain(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    // What is bold may be a label of the application.
    let is_marked = |inline: &Inline| matches!(inline.kind, InlineKind::Code | InlineKind::Strong);
    let is_set_apart = |span: Span| guide.inlines_around(span).any(is_marked);
    let written = page.contract.scopes.iter().filter_map(|scope| Some((scope.span?, scope.value.as_str())));
    let plain = written.filter(|(span, scope)| {
        guide.slice(*span) == *scope
            && !scope.contains("://")
            && !is_set_apart(*span)
            && is_in_list(guide, *span)
            && is_known(page, scope)
            && place_in_text(guide, *span, scope).is_some_and(|place| guide.can_be_code(place))
    });
    let plain: Vec<Span> = plain.map(|(span, _)| span).collect();
    let Some(first) = plain.first() else { return };
    let others = plain.iter().take(MOST_REPEATED).flat_map(|span| repeated(guide, *span));
    let mut places: Vec<Span> = plain.iter().copied().chain(others).collect();
    places.sort_unstable_by_key(|place| place.start);
    let edits =
        places.iter().flat_map(|span| [Edit::insert_before(*span, "`"), Edit::insert_after(*span, "`")]).collect();
    let further = if plain.len() > 1 { format!(", and {} more", plain.len() - 1) } else { String::new() };
    found.push(
        Finding::new(*first, format!("scope not formatted as code: `{}`{further}", guide.slice(*first)))
            .help("use a code span for each scope")
            .fix(Fix::safe("format as code", edits))
            .severity(Severity::Info),
    );
}

/// The places of lists and tables that have the same scope again, neither as code nor bold.
fn repeated(guide: &Guide, scope: Span) -> impl Iterator<Item = Span> + '_ {
    let (text, name) = (guide.text.as_str(), guide.slice(scope));
    let word = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let is_of_scope =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '_' | '-' | '/'));
    let places = guide.text.starts_of(word).filter(move |at| text[*at..].starts_with(name));
    let places = places.filter(move |at| {
        let after = text[*at + name.len()..].trim_start_matches(['.', ':']);
        !is_of_scope(text[..*at].chars().next_back()) && !is_of_scope(after.chars().next())
    });
    places.filter_map(move |at| {
        let place = at..at + name.len();
        let span = guide.text.span_of(place.clone());
        let is_marked =
            [Style::CODE, Style::STRONG, Style::LINK].iter().any(|style| guide.text.any_has(place.clone(), *style));
        let is_plain = span != scope && guide.slice(span) == name && !is_marked;
        (is_plain && is_in_list(guide, span) && guide.can_be_code(place)).then_some(span)
    })
}

/// Whether a part of the source is in an item of a list or in a cell of a table.
fn is_in_list(guide: &Guide, part: Span) -> bool {
    guide
        .blocks_around(part)
        .any(|block| matches!(guide.blocks[block].kind, BlockKind::Item(_) | BlockKind::Cell { .. }))
}

/// A scope that is an address is made a link by browsers and mail programs unless it is code. Bold text keeps it apart
/// from the sentence all the same.
fn not_code(page: &Page<'_>, span: Span, scope: &str) -> Option<Finding> {
    let guide = page.guide;
    if !scope.contains("://") || guide.slice(span) != scope {
        return None;
    }
    let place = place_in_text(guide, span, scope)?;
    if guide.text.all_have(place, Style::CODE) {
        return None;
    }
    let is_whole = |inline: &&Inline| inline.kind == InlineKind::Strong && inline.content == span;
    let bold = guide.inlines_around(span).find(is_whole).map(|inline| inline.span);
    let edit = Edit::replace(bold.unwrap_or(span), format!("`{scope}`"));
    let finding = Finding::new(span, format!("scope not formatted as code: `{scope}`")).help("use a code span");
    let finding = finding.fix(Fix::safe("format as code", vec![edit]));
    Some(if bold.is_some() { finding.severity(Severity::Info) } else { finding })
}

/// Where a scope that the source has at `span` is in the reader's text.
fn place_in_text(guide: &Guide, span: Span, scope: &str) -> Option<Range<usize>> {
    let block = &guide.block_around(span)?.text;
    let start = guide.text.place_of(&(block.start as usize..block.end as usize), span.start as usize)?;
    let place = start..start + scope.len();
    let is_there = guide.text.as_str().get(place.clone()) == Some(scope) && guide.text.span_of(place.clone()) == span;
    is_there.then_some(place)
}

/// In code a backslash is printed, and what ends a sentence is copied with the scope.
fn in_code(page: &Page<'_>, code: &Inline, found: &mut Vec<Finding>) {
    let text = page.guide.slice(code.content);
    for (start, word) in scopes::words(text) {
        let at = code.content.start as usize + start;
        if !word.contains('\\') && !word.ends_with(ENDINGS) {
            continue;
        }
        let span = page.guide.source.span(at..at + word.len());
        let unescaped = word.replace('\\', "");
        let meant = unescaped.trim_end_matches(ENDINGS);
        // No scope has a backslash.
        let is_escaped = || {
            let is_it = |scope: &Found<String>| scope.value == word || scope.value == unescaped;
            word.contains("\\_") && page.contract.scopes.iter().any(is_it)
        };
        if meant == word || !is_known(page, meant) && !is_escaped() {
            continue;
        }
        let message = if unescaped == word {
            format!("punctuation at the end of the scope `{word}`")
        } else {
            format!("backslash in the scope `{word}`")
        };
        found.push(Finding::new(span, message).replace_with(meant, Applicability::Safe));
    }
}

fn is_known(page: &Page<'_>, scope: &str) -> bool {
    let own = page.own_catalogues();
    !scope.is_empty() && own.iter().any(|catalogue| catalogue.lookup(scope).is_some())
}
