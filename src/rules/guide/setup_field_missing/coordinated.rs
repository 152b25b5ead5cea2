//! Values that a sentence names beside those that are asked for: "To find the Base URL, Region and API Key".

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::diagnostic::{Finding, Severity};
use crate::profile::fold;
use crate::rule::Page;
use crate::searchable::Searchable;

/// Words that begin a sentence on where values are found.
const PURPOSES: [&str; 5] = ["to find ", "to get ", "to obtain ", "to retrieve ", "to locate "];

/// Words before a name, which do not belong to it.
const DETERMINERS: [&str; 4] = ["the ", "your ", "a ", "an "];

/// Words after a whole name.
const AFTER_NAMES: [&str; 10] = ["of", "in", "from", "for", "on", "to", "at", "by", "that", "which"];

/// Bytes of the longest sentence that is read.
const LONGEST: usize = 300;

/// Names that a sentence has at least, and those of them that are asked for.
const FEWEST: usize = 3;
const FEWEST_ASKED: usize = 2;

/// Names that are looked for on the page: a guide has fewer values.
const MOST_NAMES: usize = 64;

/// Words of the longest name.
const MOST_WORDS: usize = 4;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let text = page.guide.text.as_str();
    let asked: HashSet<String> = page.contract.fields.iter().map(|field| fold(&field.name.value)).collect();
    if asked.len() < FEWEST_ASKED {
        return;
    }
    let mut seen = HashSet::new();
    let folded = LazyCell::new(|| fold(text));
    for and in page.guide.text.starts_of("and").collect::<Vec<_>>().into_iter().rev() {
        let before = &text[page.guide.text.line_before(and, LONGEST)];
        let sentence = before.rsplit(". ").next().unwrap_or(before);
        let after = &text[page.guide.text.line_after(and + "and".len(), LONGEST)];
        let names = names(sentence, after);
        let Some(first) = names.last().filter(|_| names.len() >= FEWEST) else { continue };
        let lead = &sentence[..first.as_ptr() as usize - sentence.as_ptr() as usize];
        if !asks_for(page, lead) {
            continue;
        }
        let is_asked = |name: &&str| asked.contains(&fold(name));
        if names.iter().filter(|name| is_asked(name)).count() < FEWEST_ASKED {
            continue;
        }
        for name in names.into_iter().filter(|name| !is_asked(name)) {
            if seen.len() == MOST_NAMES || !seen.insert(name) {
                continue;
            }
            let start = name.as_ptr() as usize - text.as_ptr() as usize;
            let place = page.guide.text.span_of(start..start + name.len());
            let is_known = found
                .iter()
                .any(|finding| finding.primary.span.contains(place) || place.contains(finding.primary.span));
            if names_a_value(page, name) && is_said_once(page, name, &asked, &folded) && !is_known {
                let message = format!("field `{name}` missing from the values to enter");
                let help = "add it to the values to enter, or remove it here";
                // That a sentence shows where values are does not say that all of them are entered.
                found.push(Finding::new(place, message).help(help).severity(Severity::Info));
            }
        }
    }
}

/// Whether what is before names says that their reader needs them.
fn asks_for(page: &Page<'_>, lead: &str) -> bool {
    let lower = lead.trim_start().to_lowercase();
    let is_purpose = PURPOSES.iter().any(|purpose| lower.starts_with(purpose)) && !lower.contains([',', ':']);
    is_purpose || page.profile.values.needs.is_in(&Searchable::new(lead))
}

/// The names in "A, B, C and D": `before` ends with the `and`, and `after` begins after it. The last one
/// first.
fn names<'a>(before: &'a str, after: &'a str) -> Vec<&'a str> {
    let mut parts: Vec<&str> = before.trim_end().trim_end_matches(',').split(", ").collect();
    let after = bare(after.trim_start());
    let last = leading(after);
    // "API Key and Account rights": the name goes on.
    let next = after[last.len()..].strip_prefix(' ').and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let ends = !next.starts_with(char::is_alphabetic) || AFTER_NAMES.contains(&next);
    let mut names = vec![if ends { last } else { "" }];
    while let Some(part) = parts.pop() {
        if let Some(name) = Some(bare(part)).filter(|part| leading(part) == *part) {
            names.push(name);
        } else {
            // The first of them ends what is before it: "You need the Base URL".
            names.push(trailing(part));
            break;
        }
    }
    names.retain(|name| !name.is_empty() && name.split(' ').count() <= MOST_WORDS);
    names
}

fn bare(part: &str) -> &str {
    DETERMINERS.iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part)
}

fn is_of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphanumeric() || c == '-')
}

/// The words in title case that a text begins with.
fn leading(text: &str) -> &str {
    let mut end = 0;
    for word in text.split(' ') {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
        if !is_of_name(bare) {
            break;
        }
        end = bare.as_ptr() as usize + bare.len() - text.as_ptr() as usize;
        if bare.len() < word.len() {
            break;
        }
    }
    &text[..end]
}

/// The words in title case that a text ends with, after a word in lowercase.
fn trailing(text: &str) -> &str {
    let mut start = text.len();
    for word in text.rsplit(' ').take_while(|word| is_of_name(word)) {
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    if start == 0 { "" } else { &text[start..] }
}

/// Whether a name is one of a value by its last word, and not one of the connector: "an Acme Sandbox".
fn names_a_value(page: &Page<'_>, name: &str) -> bool {
    let connector = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    let last = name.rsplit(' ').next().unwrap_or(name);
    let is_value = page.profile.values.name_endings.contains(last) || page.profile.field(name).is_some();
    is_value && !connector.is_some_and(|connector| !connector.is_empty() && name.contains(connector))
}

/// Whether a name is in no other place of the page, whose letters and digits are `text`, and is not a longer or shorter one of a value, or the callback URL.
fn is_said_once(page: &Page<'_>, name: &str, asked: &HashSet<String>, text: &str) -> bool {
    let folded = fold(name);
    let is_variant = asked.iter().any(|asked| asked.contains(&folded) || folded.contains(asked.as_str()));
    let is_callback = page.profile.callback.announcements.is_in(&Searchable::new(name));
    !is_variant && !is_callback && text.matches(&folded).count() == 1
}
