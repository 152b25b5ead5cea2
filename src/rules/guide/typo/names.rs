//! Names with a slip: the connector's, the platform's, those of products.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Finding};
use crate::guide::Style;
use crate::guide::words::word_at;
use crate::profile::fold;
use crate::rule::Page;

/// Shorter names are one slip away from too many words.
const SHORTEST_NAME: usize = 6;

/// The name of the platform is on most pages.
const SHORTEST_PLATFORM: usize = 5;

/// Words before the name of the platform, if neither a comma is there nor a word of products after it.
const BEFORE_PLATFORM: [&str; 5] = ["from", "in", "into", "to", "with"];

/// What shows how a name is spelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// The pack has the name.
    Platform,
    /// The page has it more than once.
    Page,
    /// The title and the permalink have it.
    Title,
}

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    misspelled(page, found);
    possessives(page, found);
}

/// A name with the `s` of a possessive and no apostrophe, or with one before its own last letter.
fn possessives(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let Some(name) = page.contract.connector.as_ref().map(|connector| connector.value.as_str()) else { return };
    let Some(first) = name.split(|c: char| !c.is_alphanumeric()).next().filter(|_| name.len() >= SHORTEST_NAME) else {
        return;
    };
    let forms = match name.strip_suffix('s') {
        Some(stem) => [format!("{stem}'s"), format!("{stem}’s")].map(|form| (form, format!("{name}'"))).to_vec(),
        None => vec![(format!("{name}s"), format!("{name}'s"))],
    };
    for (written, meant) in forms {
        let key = if first.len() < name.len() { first } else { written.split(['\'', '’']).next().unwrap_or(first) };
        for at in guide.text.starts_of(key).filter(|at| text[*at..].starts_with(written.as_str())) {
            let place = at..at + written.len();
            let is_owned = is_product(page, place.end);
            let span = guide.text.span_of(place.clone());
            if is_owned && guide.slice(span) == written && !guide.text.any_has(place, Style::CODE) {
                let message = format!("apostrophe of `{written}` missing or misplaced");
                found.push(Finding::new(span, message).replace_with(&meant, Applicability::Unsafe));
            }
        }
    }
}

/// Whether a word of products follows: "account", "documentation".
fn is_product(page: &Page<'_>, end: usize) -> bool {
    let rest = page.guide.text.as_str()[end..].strip_prefix(' ');
    let next = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    next.is_some_and(|next| page.profile.product_words.iter().any(|word| word == next))
}

/// A name with one slip inside, beside the right spelling; that of the platform is on other pages.
fn misspelled(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let own = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    let products = page.profile.product_names.as_slice().iter().map(String::as_str);
    let platform = Some(page.profile.name.as_str()).filter(|name| name.len() >= SHORTEST_PLATFORM);
    let names = own.into_iter().chain(products).filter(|name| name.len() >= SHORTEST_NAME).chain(platform);
    let is_repeated =
        |word: &str| guide.text.starts_of(word).filter(|at| text[*at..].starts_with(word)).nth(1).is_some();
    let mut repeated: HashMap<&str, bool> = HashMap::new();
    // The title names the connector, and the permalink shows that it is spelled right there.
    let permalink = page.contract.permalink.as_ref().map(|permalink| fold(&permalink.value));
    let is_in_permalink =
        |name: &str| own == Some(name) && permalink.as_ref().is_some_and(|permalink| permalink.contains(&fold(name)));
    let names = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let names: Vec<(&str, Evidence)> = names
        .filter_map(|name| match name {
            name if platform == Some(name) => Some((name, Evidence::Platform)),
            name if is_repeated(name) => Some((name, Evidence::Page)),
            name => is_in_permalink(name).then_some((name, Evidence::Title)),
        })
        .collect();
    if names.is_empty() {
        return;
    }
    for start in guide.text.words().iter().map(|word| word.start as usize) {
        // Most words are not names.
        if !text.as_bytes()[start].is_ascii_uppercase() {
            continue;
        }
        let length = text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let letters = &text[start..start + length];
        let is_it = |(name, evidence): (&str, Evidence)| {
            has_slip(name, letters) && (evidence != Evidence::Title || is_turned(name, letters))
        };
        let Some((name, evidence)) = names.iter().copied().find(|name| is_it(*name)) else { continue };
        let Some(word) = word_at(&guide.text, start..start + length) else { continue };
        let span = guide.text.span_of(word.range());
        // Another word may begin a sentence: "Switch to the tab" beside Stitch.
        let before = text[..start].strip_suffix(' ').unwrap_or_default();
        let last = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let is_inside = last.ends_with(|c: char| c.is_alphanumeric() || ",;)".contains(c));
        let is_placed = evidence != Evidence::Platform
            || BEFORE_PLATFORM.contains(&&*last.to_lowercase())
            || last.ends_with(',')
            || is_product(page, start + length);
        let mut is_once = || !*repeated.entry(word.text).or_insert_with(|| is_repeated(word.text));
        if is_inside && is_placed && guide.slice(span) == word.text && is_once() {
            let finding = Finding::new(span, format!("misspelled word `{}`", word.text))
                .replace_with(name, Applicability::Unsafe);
            found.push(match evidence {
                Evidence::Platform => finding,
                Evidence::Page => finding.help(format!("use `{name}` as elsewhere on the page")),
                Evidence::Title => finding.help(format!("use `{name}` as in the title")),
            });
        }
    }
}

/// Whether a word has the letters of a name, and no more or less: others make other words, as in Plant and Planet.
fn is_turned(name: &str, word: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters = text.to_ascii_lowercase().into_bytes();
        letters.sort_unstable();
        letters
    };
    sorted(name) == sorted(word)
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
