//! `guide/typo`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::Style;
use crate::guide::words::word_at;
use crate::profile::typos;
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/typo",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("typo.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// Shorter names are one slip away from too many words.
const SHORTEST_NAME: usize = 6;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    listed(page, found);
    names(page, found);
}

fn listed(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let title = guide.front_matter("title").and_then(|title| title.as_str()).unwrap_or_default();
    // A product may spell its name as it likes.
    let is_in_title = |word: &str| title.to_lowercase().contains(&word.to_lowercase());
    for (range, correct) in typos::find_in(&guide.text.searchable()) {
        let Some(word) = word_at(&guide.text, range) else { continue };
        let span = guide.text.span_of(word.range());
        // Markup inside the word: what its letters are is not certain.
        if guide.slice(span) != word.text || is_in_title(word.text) {
            continue;
        }
        let edits = vec![Edit::replace(span, correct.as_str())];
        let title = format!("write `{correct}`");
        // A heading's id changes with its words, and links may lead there.
        let heading = guide.text.style_at(word.start).has(Style::HEADING);
        let fix = if heading { Fix::needs_review(title, edits) } else { Fix::safe(title, edits) };
        let message = format!("`{}` is misspelt", word.text);
        found.push(Finding::new(span, message).help(format!("write `{correct}`")).fix(fix));
    }
}

/// The connector's name, or a product's, with one slip inside, beside the right spelling.
fn names(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let own = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    let products = page.profile.product_names.as_slice().iter().map(String::as_str);
    let is_name = |name: &&str| name.len() >= SHORTEST_NAME && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let stands_twice = |name: &&str| guide.text.starts_of(name).nth(1).is_some();
    let names: Vec<&str> = own.into_iter().chain(products).filter(is_name).filter(stands_twice).collect();
    if names.is_empty() {
        return;
    }
    let times = |word: &str| text.matches(word).count();
    for start in guide.text.words().iter().map(|word| word.start as usize) {
        // Most words are no names.
        if !text.as_bytes()[start].is_ascii_uppercase() {
            continue;
        }
        let length = text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let letters = &text[start..start + length];
        let Some(name) = names.iter().find(|name| has_slip(name, letters)) else { continue };
        let Some(word) = word_at(&guide.text, start..start + length) else { continue };
        let span = guide.text.span_of(word.range());
        if guide.slice(span) == word.text && times(word.text) == 1 && times(name) > 1 {
            let fix = Fix::needs_review(format!("write `{name}`"), vec![Edit::replace(span, *name)]);
            let message = format!("`{}` is misspelt", word.text);
            found.push(Finding::new(span, message).help(format!("write `{name}`, as elsewhere on the page")).fix(fix));
        }
    }
}

/// Whether a letter inside is missing, doubled, wrong or at its neighbour's place. At the ends, forms of
/// a word differ, and other words begin.
fn has_slip(name: &str, word: &str) -> bool {
    let ends = |text: &str| (text.as_bytes().first().copied(), text.as_bytes().last().copied());
    name != word
        && name.len().abs_diff(word.len()) <= 1
        && ends(name) == ends(word)
        && strsim::osa_distance(&name.to_ascii_lowercase(), &word.to_ascii_lowercase()) == 1
}
