//! `guide/wrong-connector-name`

use crate::contract::Found;
use crate::diagnostic::{Finding, Severity};
use crate::profile::{fold, in_address};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/wrong-connector-name",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("wrong_connector_name.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// A name that stands so often in a guide is another name of the connector.
const OFTEN: usize = 3;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(connector) = &page.contract.connector else { return };
    title(page, connector, found);
    section(page, connector, found);
    let text = page.guide.text.as_str();
    for range in page.profile.connector_phrases.names_in(&page.guide.text.searchable()) {
        let name = &text[range.clone()];
        let may_be_own = || is_own(page, &connector.value, name) || text.matches(name).count() >= OFTEN;
        if name != connector.value && (is_anothers(page, &connector.value, name) || !may_be_own()) {
            found.push(other_name(page.guide.text.span_of(range), connector, name));
        }
    }
}

fn other_name(place: Span, connector: &Found<String>, name: &str) -> Finding {
    let finding = Finding::new(place, format!("this guide is about {}, not `{name}`", connector.value))
        .help(format!("write `{}`", connector.value));
    match connector.span {
        Some(title) => finding.label(title, "the guide's title"),
        None => finding,
    }
}

/// The first section under a name of which no word stands anywhere else in the guide. One word alone, or
/// such as `account` and `key`, may tell what the section is about.
fn section(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let Some(heading) = page.guide.headings.iter().find(|heading| heading.level <= 2) else { return };
    let Some(name) = page.profile.sections.named_connector(&heading.text) else { return };
    let is_common = |word: &str| {
        let of_product = page.profile.product_words.iter().any(|common| common.eq_ignore_ascii_case(word));
        of_product || page.profile.values.name_endings.contains(word)
    };
    let permalink = page.contract.permalink.as_ref().map_or("", |permalink| permalink.value.as_str());
    let may_be_name = words(name).count() > 1
        && words(name).all(|word| word.starts_with(char::is_uppercase) && !is_common(word))
        && ![connector.value.as_str(), permalink].iter().any(|own| is_alike(own, name));
    if !may_be_name {
        return;
    }
    let text = page.guide.text.as_str().to_lowercase();
    let times = |word: &str| text.matches(&word.to_lowercase()).count();
    let is_other = words(name).all(|word| times(word) == 1) && words(&connector.value).any(|word| times(word) > 0);
    if is_other {
        found.push(other_name(heading.content, connector, name));
    }
}

/// A title and a permalink that have nothing in common: one of them was left over from another guide.
fn title(page: &Page<'_>, connector: &Found<String>, found: &mut Vec<Finding>) {
    let (Some(permalink), Some(span)) = (&page.contract.permalink, connector.span) else { return };
    let address = fold(&permalink.value);
    let is_spelled =
        |word: &str| address.contains(&fold(word)) || in_address(word).iter().any(|word| address.contains(word));
    let is_in_address = words(&connector.value).any(is_spelled);
    let is_in_text = || words(&connector.value).any(|word| page.guide.text.as_str().contains(word));
    if is_in_address
        || is_alike(&connector.value, &permalink.value)
        || is_in_text() && address_is_in_text(page, &permalink.value)
    {
        return;
    }
    let finding =
        Finding::new(span, format!("the title names `{}`, the permalink `{}`", connector.value, permalink.value))
            .help("name the connector that the guide is about");
    found.push(match permalink.span {
        Some(place) => finding.label(place, "the permalink"),
        None => finding,
    });
}

/// Whether the guide speaks of what its permalink is called after.
fn address_is_in_text(page: &Page<'_>, permalink: &str) -> bool {
    let text = page.guide.text.as_str().to_lowercase();
    let guides = &page.profile.guides;
    let name =
        permalink.trim_end_matches(guides.setup.suffix.as_str()).trim_end_matches(guides.information.suffix.as_str());
    words(name).all(|word| text.contains(&word.to_lowercase()))
}

/// Whether `name` may be a name of the connector: it shares a word with the title, the permalink or a
/// heading, is short for one, or differs by a slip of the pen.
fn is_own(page: &Page<'_>, connector: &str, name: &str) -> bool {
    let permalink = page.contract.permalink.as_ref().map(|permalink| permalink.value.as_str());
    let headings = page.guide.headings.iter().map(|heading| heading.text.as_str());
    let mut own = [connector].into_iter().chain(permalink).chain(headings);
    let is_name = name.starts_with(char::is_uppercase) || name.starts_with(|c: char| c.is_ascii_digit());
    !is_name || own.any(|own| is_alike(own, name))
}

/// Whether another guide of the site is about just this name, though it shares words with this one: two
/// products of one vendor.
fn is_anothers(page: &Page<'_>, connector: &str, name: &str) -> bool {
    let (own, wanted) = (fold(connector), fold(name));
    if own.contains(&wanted) || wanted.contains(&own) {
        return false;
    }
    // The vendor's name is often left out of the permalink.
    let vendor = words(connector).zip(words(name)).take_while(|(own, other)| own == other).count();
    let words: Vec<String> = words(name).map(str::to_lowercase).collect();
    let suffix = &page.profile.guides.setup.suffix;
    let permalinks = [0, vendor].map(|start| format!("{}{suffix}", words[start..].join("-")));
    let mut pages = permalinks.iter().flat_map(|permalink| page.site.pages(permalink));
    pages.any(|head| head.file != page.site.this_page())
}

fn is_alike(own: &str, name: &str) -> bool {
    let (whole, wanted) = (fold(own), fold(name));
    let is_initials = |long: &str, short: &str| {
        let initials: String = words(long).filter_map(|word| word.chars().next()).collect();
        initials.len() > 1 && fold(&initials) == fold(short)
    };
    whole.contains(&wanted)
        || !whole.is_empty() && wanted.contains(&whole)
        || words(own).any(|own| words(name).any(|word| strsim::osa_distance(&fold(own), &fold(word)) * 4 <= word.len()))
        || is_initials(own, name)
        || is_initials(name, own)
}

/// Words that can tell products apart.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1)
}
