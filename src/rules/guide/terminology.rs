//! `guide/terminology`

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::words::word_at;
use crate::guide::{Guide, Style};
use crate::nearest;
use crate::profile::fold;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/terminology", include_str!("terminology.md"), check).info().safe_fix();

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    replaced_terms(page, found);
    mixed_spellings(page, found);
}

/// One finding for each term and guide, which fixes all its places.
fn replaced_terms(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut places: BTreeMap<usize, Vec<(Span, String)>> = BTreeMap::new();
    let mut headings: BTreeMap<usize, (Span, String)> = BTreeMap::new();
    let is_legacy = page.legacy_step.is_some() || page.legacy_heading().is_some();
    for term in page.profile.terms_in(&page.guide.text.searchable()) {
        // An earlier style has words of its own, and is reported as a whole.
        if page.profile.terminology[term.term].current && is_legacy {
            continue;
        }
        if let Some((span, write)) = linked_verb(page.guide, &term.range, &term.write) {
            places.entry(term.term).or_default().push((span, write));
        } else if let Some(span) = place(page.guide, term.range.clone(), Style::PLAIN) {
            places.entry(term.term).or_default().push((span, term.write));
        } else if let Some(span) = place(page.guide, term.range, Style::HEADING) {
            headings.entry(term.term).or_insert((span, term.write));
        }
    }
    // The id of a heading changes with its words, and links may lead there.
    for (term, (span, write)) in headings {
        if !places.contains_key(&term) {
            let message = format!("wrong term `{}` for `{write}`", page.guide.slice(span));
            found.push(Finding::new(span, message).help(format!("use `{write}`, and update the links to the heading")));
        }
    }
    for all in places.into_values() {
        let (first, write) = &all[0];
        let written = page.guide.slice(*first);
        let further = match all.len() - 1 {
            0 => String::new(),
            1 => ", and again below".to_owned(),
            more => format!(", {more} more times below"),
        };
        let finding = Finding::new(*first, format!("wrong term `{written}` for `{write}`{further}"));
        let title = format!("use `{write}`");
        let edits = all.iter().map(|(span, write)| Edit::replace(*span, write.as_str())).collect();
        // Another word may not fit all places: "click and drag".
        let is_spelling = all.iter().all(|(span, write)| is_spelling_of(page.guide.slice(*span), write));
        let help = title.clone();
        let fix = Fix::safe_if(is_spelling, title, edits);
        found.push(finding.help(help).fix(fix));
    }
}

/// The part of a term that is all of a link's text, and what to write there: `[Login](...) to` for "log in to".
fn linked_verb(guide: &Guide, range: &Range<usize>, write: &str) -> Option<(Span, String)> {
    let text = guide.text.as_str();
    let is_linked = |at: usize| guide.text.style_at(at).has(Style::LINK);
    let end = range.clone().find(|at| !is_linked(*at)).filter(|end| *end > range.start)?;
    let is_whole =
        || guide.links.iter().any(|link| link.text.start as usize == range.start && link.text.end as usize == end);
    let rest = &text[end..range.end];
    let verb = write.strip_suffix(rest)?;
    let span = guide.text.span_of(range.start..end);
    let is_plain = !(end..range.end).any(is_linked) && guide.slice(span) == &text[range.start..end];
    (is_plain && !verb.is_empty() && is_whole()).then(|| (span, verb.to_owned()))
}

/// Whether two terms are spellings of the same words: most letters are the same.
fn is_spelling_of(written: &str, write: &str) -> bool {
    let (written, write) = (fold(written), fold(write));
    nearest::slips(&written, &write, write.len() / 2).is_some()
}

/// Both spellings of a word in one guide: the rarer one is reported, the later one where none is rarer.
fn mixed_spellings(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut places: BTreeMap<usize, [Vec<Span>; 2]> = BTreeMap::new();
    for spelling in page.profile.spellings.find_in(&page.guide.text.searchable()) {
        if word_at(&page.guide.text, spelling.range.clone()).is_some()
            && let Some(span) = place(page.guide, spelling.range, Style::PLAIN)
        {
            places.entry(spelling.pair).or_default()[spelling.which].push(span);
        }
    }
    for [one, other] in places.into_values() {
        let (Some(first), Some(second)) = (one.first(), other.first()) else { continue };
        let rarer = (one.len(), std::cmp::Reverse(*first)) < (other.len(), std::cmp::Reverse(*second));
        let (here, elsewhere) = if rarer { (*first, *second) } else { (*second, *first) };
        let message =
            format!("inconsistent spelling: `{}` and `{}`", page.guide.slice(here), page.guide.slice(elsewhere));
        let finding = Finding::new(here, message).label(elsewhere, "other spelling");
        found.push(finding.help("use one spelling"));
    }
}

/// Where a term is, if it is the author's own word there: labels, code and the names of other pages are quoted. It is
/// in a heading if `around` is that style, and not in one otherwise.
fn place(guide: &Guide, range: Range<usize>, around: Style) -> Option<Span> {
    let quoted = [Style::CODE, Style::STRONG, Style::EMPHASIS, Style::LINK];
    let is_in_heading = guide.text.any_has(range.clone(), Style::HEADING);
    if is_in_heading != around.has(Style::HEADING)
        || quoted.into_iter().any(|style| guide.text.any_has(range.clone(), style))
    {
        return None;
    }
    let span = guide.text.span_of(range.clone());
    (guide.slice(span) == &guide.text.as_str()[range]).then_some(span)
}
