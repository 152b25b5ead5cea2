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
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
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
