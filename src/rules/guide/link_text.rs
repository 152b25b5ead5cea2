//! `guide/link-text`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, Link, LinkForm};
use crate::profile::fold;
use crate::rule::names::words;
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/link-text", include_str!("link_text.md"), check).info().safe_fix();

/// More words than this are a sentence rather than a name.
const MOST_WORDS: usize = 12;

/// Parts of addresses of manuals.
const OF_MANUALS: [&str; 9] =
    ["doc", "help", "support", "guide", "manual", "reference", "knowledge", "article", "tutorial"];

/// Parts of addresses of forms to sign in and to sign up.
const OF_FORMS: [&str; 6] = ["signup", "sign-up", "sign_up", "signin", "login", "register"];

/// Shorter words of a name are in other addresses, too.
const SHORTEST_NAME: usize = 4;

/// Words that end in a full stop of their own.
const ABBREVIATIONS: [&str; 6] = ["etc", "inc", "ltd", "corp", "approx", "vol"];

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
                    .help(help(page, link, connector)),
            );
        } else if is_address(text) {
            let finding = Finding::new(guide.text.span_of(range), format!("URL as link text: `{text}`"));
            let is_target = matches!(link.form, LinkForm::Inline | LinkForm::Html) && !is_in_cell(guide, link);
            found.extend(is_target.then(|| finding.help("use the name of the page, or a code span for a value")));
        } else if is_sentence(page, text) {
            found.push(
                Finding::new(guide.text.span_of(range), "whole sentence as link text")
                    .help("link the words that name the page"),
            );
        } else {
            found.extend(full_stop(guide, link));
        }
    }
}

/// What to write, with an example where the link leads to a manual of the connector's vendor.
fn help(page: &Page<'_>, link: &Link, connector: &str) -> String {
    let address = link.target.to_ascii_lowercase();
    let host = address.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
    let is_own = host.is_none_or(|host| page.profile.site.hosts.iter().any(|own| own == host));
    let has = |words: &[&str]| words.iter().any(|word| address.contains(word));
    let is_manual = has(&OF_MANUALS) && !has(&OF_FORMS);
    // What a title has after the name says which of several guides it is.
    let name = [" - ", " (", ": "]
        .iter()
        .filter_map(|mark| connector.find(mark))
        .min()
        .map_or(connector, |at| &connector[..at]);
    let folded = fold(&address);
    let is_of_connector = folded.contains(&fold(name))
        || words(name).any(|word| word.len() >= SHORTEST_NAME && folded.contains(&fold(word)));
    if is_own || !is_manual || !is_of_connector {
        "use the name of the page that it leads to".to_owned()
    } else {
        // A title may misspell the product.
        let product = page.profile.product_names.as_slice().iter().find(|product| {
            let start = name.get(..product.len());
            start.is_some_and(|start| start != product.as_str() && start.eq_ignore_ascii_case(product))
        });
        let name = product.map_or(name.to_owned(), |product| format!("{product}{}", &name[product.len()..]));
        format!("use the name of the page, such as `[{name} documentation](...)`")
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

fn is_in_cell(guide: &Guide, link: &Link) -> bool {
    guide.block_around(link.span).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }))
}

/// The full stop of the sentence at the end of a link's text. A sentence that is all link may keep its own.
fn full_stop(guide: &Guide, link: &Link) -> Option<Finding> {
    let text = guide.text.as_str();
    let range = link.text.start as usize..link.text.end as usize;
    let words = text[range.clone()].strip_suffix('.')?;
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_word = last.len() > 2 && last.bytes().all(|c| c.is_ascii_alphabetic());
    let before = text[guide.text.line_at(range.start).start..range.start].trim_end();
    let starts_sentence = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
    let ends_sentence = text[range.end..].chars().next().is_none_or(char::is_whitespace);
    if link.form != LinkForm::Inline
        || !is_word
        || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(last))
        || starts_sentence
        || !ends_sentence
        || has_image(guide, link)
    {
        return None;
    }
    let stop = guide.text.span_of(range.end - 1..range.end);
    let title = "move it after the link";
    let finding = Finding::new(stop, "full stop in the link text").help(title);
    let end = end_of(guide, link).filter(|_| guide.slice(stop) == ".");
    let fix = end.map(|end| Fix::safe(title, vec![Edit::remove(stop), Edit::insert_after(end, ".")]));
    Some(finding.maybe_fix(fix))
}

/// A link with the attribute list after it; `None` where other markup follows, which may belong to it.
fn end_of(guide: &Guide, link: &Link) -> Option<Span> {
    let rest = &guide.source.text()[link.span.range().end..];
    let list = if rest.starts_with("{:") { rest.lines().next()?.find('}')? + 1 } else { 0 };
    let is_end = rest[list..].chars().next().is_none_or(char::is_whitespace);
    is_end.then(|| Span { end: link.span.end + list as u32, ..link.span })
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
