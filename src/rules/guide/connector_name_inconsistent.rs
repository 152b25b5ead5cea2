//! `guide/connector-name-inconsistent`

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{FlatText, Guide, Style};
use crate::profile::{fold, is_same, stands_alone};
use crate::rule::{Page, Rule};

pub const RULE: Rule =
    Rule::convention("guide/connector-name-inconsistent", include_str!("connector_name_inconsistent.md"), check).info();

/// Shorter names are found in other words and in abbreviations.
const SHORTEST_NAME: usize = 4;

/// A longer title is not a name.
const LONGEST_NAME: usize = 100;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let text = guide.text.as_str();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    let own = page.contract.connector.as_ref();
    let name = own.map(|own| own.value.split(" (").next().unwrap_or_default().trim()).unwrap_or_default();
    // The vendor's own spelling counts for more than the title.
    let products = page.profile.product_names.as_slice();
    let product = products.iter().find(|product| is_same(product, name));
    if let (Some(product), Some(title)) = (product.filter(|product| *product != name), own.and_then(|own| own.span)) {
        let finding = Finding::new(title, format!("misspelled product name in the title: `{name}` for `{product}`"));
        found.push(finding.help(format!("use `{product}`")));
    }
    let from_title = product.is_none();
    let name = product.map_or(name, String::as_str);
    let spellings = spellings_of(name, &guide.text);
    let help = help(page, name, from_title, &spellings);
    for range in spellings {
        let written = &text[range.clone()];
        if !is_meant(page, name, &range) || !reported.insert(written) {
            continue;
        }
        let message = if from_title {
            format!("inconsistent connector name: `{written}` here, `{name}` in the title")
        } else {
            format!("misspelled connector name: `{written}` for `{name}`")
        };
        let finding = Finding::new(guide.text.span_of(range), message).help(help.as_str());
        found.push(finding.maybe_label(own.and_then(|own| own.span).filter(|_| from_title), "title"));
    }
    for (index, range) in page.profile.product_names.find_in(&guide.text.searchable()) {
        let (right, written) = (page.profile.product_names.as_slice()[index].as_str(), &text[range.clone()]);
        if written != right && !is_same(right, name) && is_prose(guide, &range) && reported.insert(written) {
            found.push(
                Finding::new(
                    guide.text.span_of(range),
                    format!("misspelled connector name: `{written}` for `{right}`"),
                )
                .help(format!("use `{right}`")),
            );
        }
    }
}

/// Which spelling to use: that of the product, if it is known, or the one that most of the page has.
fn help(page: &Page<'_>, name: &str, from_title: bool, spellings: &[Range<usize>]) -> String {
    if !from_title {
        return format!("use `{name}`");
    }
    let text = page.guide.text.as_str();
    let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(name);
    // The title counts as well.
    let own = 1 + page.guide.text.starts_of(first).filter(|at| text[*at..].starts_with(name)).count();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::from([(name, own)]);
    for range in spellings.iter().filter(|range| is_meant(page, name, range)) {
        *counts.entry(&text[(*range).clone()]).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or_default();
    let mut usual = counts.into_iter().filter(|(_, count)| *count == most).map(|(written, _)| written);
    // The other page of a connector may have another one more often.
    let key = page.profile.front_matter.linked.as_deref();
    let is_linked = key.and_then(|key| page.guide.front_matter(key)?.as_bool()).unwrap_or_default();
    match (usual.next(), usual.next()) {
        (Some(usual), None) if !is_linked => format!("use `{usual}` everywhere, if the application's own site has it"),
        _ => "use the spelling of the application's own site everywhere".to_owned(),
    }
}

/// Where a name is in a text with its letters and words set in another way.
fn spellings_of(name: &str, text: &FlatText) -> Vec<Range<usize>> {
    let folded = fold(name);
    let wanted: Vec<char> = folded.chars().collect();
    if !(SHORTEST_NAME..=LONGEST_NAME).contains(&wanted.len()) {
        return Vec::new();
    }
    let possible = starts_of(&folded, text).into_iter().filter(|start| !text.as_str()[*start..].starts_with(name));
    possible.filter_map(|start| Some(start..start + matched(&wanted, &text.as_str()[start..])?)).collect()
}

/// Where words begin that a name, all of its letters joined, may begin with.
fn starts_of(name: &str, text: &FlatText) -> Vec<usize> {
    // Outside ASCII a letter has more than one spelling, and a word more than one hash.
    if !name.is_ascii() {
        return text.words().iter().map(|word| word.start as usize).collect();
    }
    let mut starts: Vec<usize> = (1..=name.len()).flat_map(|end| text.starts_of(&name[..end])).collect();
    starts.sort_unstable();
    starts
}

/// How many bytes of `text` spell the letters `wanted`, with single spaces and hyphens between them.
fn matched(wanted: &[char], text: &str) -> Option<usize> {
    let mut rest = wanted.iter();
    let mut next = rest.next();
    let mut separated = false;
    for (at, c) in text.char_indices() {
        let Some(letter) = next else { return (!c.is_alphanumeric()).then_some(at) };
        if c.eq_ignore_ascii_case(letter) || !c.is_ascii() && c.to_lowercase().eq(std::iter::once(*letter)) {
            (next, separated) = (rest.next(), false);
        } else if matches!(c, ' ' | '-') && !separated {
            separated = true;
        } else {
            return None;
        }
    }
    next.is_none().then_some(text.len())
}

/// Whether the words at `range` name the connector: in lower case they may be words of the language,
/// unless what follows shows that a product is meant.
fn is_meant(page: &Page<'_>, name: &str, range: &Range<usize>) -> bool {
    let text = page.guide.text.as_str();
    let written = &text[range.clone()];
    let is_lower = !written.chars().any(char::is_uppercase);
    let is_shouted = !written.chars().any(char::is_lowercase);
    let is_word = name.chars().skip(1).all(char::is_lowercase) || name.contains(' ');
    let follower = text[range.end..].trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let of_product =
        text[range.end..].starts_with(' ') && page.profile.product_words.iter().any(|word| word == follower);
    let differs_in_capitals_only = is_same(written, name) && written.len() == name.len();
    is_prose(page.guide, range) && (!is_lower || !is_word || of_product) && !(is_shouted && differs_in_capitals_only)
}

/// Outside code and addresses.
fn is_prose(guide: &Guide, range: &Range<usize>) -> bool {
    let text = &guide.text;
    let marked = text.any_has(range.clone(), Style::CODE);
    !marked && stands_alone(text.as_str(), range)
}
