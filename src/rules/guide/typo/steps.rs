//! A step in lowercase among others that begin with an uppercase letter.

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{Guide, NumberedItem, Style};
use crate::rule::Page;

/// Steps that a list has at least besides the one in lowercase.
const FEWEST_OTHERS: usize = 2;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let actions = &page.profile.interface.actions;
    let lists = guide.numbered_lists();
    let items = lists.iter().flat_map(|list| &list.items);
    let first_words = items.filter_map(|item| first_word(guide, item));
    let verbs: HashSet<String> =
        first_words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_ascii_lowercase).collect();
    let is_verb = |word: &str| verbs.contains(word) || actions.iter().any(|action| action.eq_ignore_ascii_case(word));
    for list in lists {
        let is_lower = |item: &&NumberedItem| guide.text_of(item.block).starts_with(char::is_lowercase);
        let mut lower = list.items.iter().filter(is_lower);
        let (Some(item), None) = (lower.next(), lower.next()) else { continue };
        let others =
            list.items.iter().filter(|other| guide.text_of(other.block).starts_with(char::is_uppercase)).count();
        let is_rest = others >= FEWEST_OTHERS && others + 1 == list.items.len();
        let before = list.items.iter().rfind(|before| before.marker.start < item.marker.start);
        // A sentence may go on from one step to the next.
        let goes_on = before.is_some_and(|before| {
            let own = &guide.text.as_str()[guide.own_text(before.block)];
            own.trim_end().ends_with([',', ';', ':']) || own.ends_with(" and") || own.ends_with(" or")
        });
        let Some(word) = first_word(guide, item).filter(|word| is_rest && !goes_on && is_verb(word)) else { continue };
        let start = guide.own_text(item.block).start;
        let place = guide.text.span_of(start..start + word.len());
        let first = guide.text.span_of(start..start + 1);
        let finding = Finding::new(place, format!("step begins with a lowercase letter: `{word}`"));
        let upper = guide.text.as_str()[start..=start].to_ascii_uppercase();
        let right = format!("use `{upper}{}`", &word[1..]);
        let fix =
            (guide.slice(place) == word).then(|| Fix::needs_review(right.as_str(), vec![Edit::replace(first, upper)]));
        found.push(finding.help(right.as_str()).maybe_fix(fix).severity(Severity::Info));
    }
}

/// The first word of a step, if it is a plain word of letters.
fn first_word<'a>(guide: &'a Guide, item: &NumberedItem) -> Option<&'a str> {
    let own = guide.own_text(item.block);
    let text = &guide.text.as_str()[own.clone()];
    let word =
        text.split(' ').next().filter(|word| !word.is_empty() && word.bytes().all(|c| c.is_ascii_alphabetic()))?;
    let is_marked =
        [Style::CODE, Style::STRONG].iter().any(|style| guide.text.any_has(own.start..own.start + 1, *style));
    (!is_marked && !word[1..].contains(char::is_uppercase)).then_some(word)
}
