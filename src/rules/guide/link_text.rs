//! `guide/link-text`

use crate::diagnostic::{Finding, Severity};
use crate::guide::{Guide, Link, LinkForm};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/link-text",
    severity: Severity::Info,
    fixable: Fixable::No,
    docs: include_str!("link_text.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// More words than this are a sentence rather than a name.
const MOST_WORDS: usize = 12;

/// And so are more than these, where the last one is only "here".
const MOST_WORDS_TO_HERE: usize = 6;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let connector = page.contract.connector.as_ref().map_or("API", |connector| connector.value.as_str());
    for link in &guide.links {
        let text = guide.text_in(&link.text).trim();
        let range = link.text.start as usize..link.text.end as usize;
        if is_empty(guide, link, text) {
            found.push(
                Finding::new(link.span, "empty link text")
                    .severity(Severity::Warning)
                    .help("add the name of the page between the brackets"),
            );
        } else if page.profile.is_generic_link_text(text) {
            found.push(
                Finding::new(guide.text.span_of(range), format!("generic link text `{text}`"))
                    .help(format!("use the name of the page, such as `[{connector} documentation](...)`")),
            );
        } else if is_sentence(page, text) {
            found.push(
                Finding::new(guide.text.span_of(range), "whole sentence as link text")
                    .help("link the words that name the page"),
            );
        }
    }
}

/// Whether a Markdown link to a page has nothing to select: neither a text nor an image.
fn is_empty(guide: &Guide, link: &Link, text: &str) -> bool {
    link.form == LinkForm::Inline
        && text.is_empty()
        && !link.target.trim().is_empty()
        && !has_image(guide, link)
        && !guide.slice(link.span).contains(['<', '{'])
}

fn has_image(guide: &Guide, link: &Link) -> bool {
    let first = guide.images.partition_point(|image| image.span.start < link.span.start);
    guide.images.get(first).is_some_and(|image| link.span.contains(image.span))
}

fn is_sentence(page: &Page<'_>, text: &str) -> bool {
    let count = text.split_whitespace().count();
    let last = text.split_whitespace().next_back().unwrap_or_default();
    count > MOST_WORDS || count > MOST_WORDS_TO_HERE && page.profile.is_generic_link_text(last)
}
