//! The addresses and the examples that a guide prints for a value.

use std::ops::Range;

use super::literals::{Literal, is_address, literals};
use super::{is_one_of, last_word, words};
use crate::guide::Guide;
use crate::profile::fold;

/// The most samples of one value.
const MOST_SAMPLES: usize = 4;

/// The addresses and the examples that a part of the guide's text prints for a value.
pub fn samples(guide: &Guide, about: Range<usize>) -> Vec<String> {
    let text = &guide.text.as_str()[about.clone()];
    // Plans and versions have such names: "one of `PRO123` and `MAX200`".
    let is_example = |literal: &Literal<'_>| {
        !is_counted(literal.text) || {
            let near = text.ceil_char_boundary(literal.range.start.saturating_sub(LONGEST_LEAD));
            let lead = text[near..literal.range.start].to_lowercase();
            ["example", "e.g", "eg.", "eg:"].iter().any(|word| lead.contains(word))
        }
    };
    samples_of(literals(guide, about).into_iter().filter(is_example))
}

/// Those of them that are marked after "is" or the name of the value: the rest of a part of the page is not about the value alone.
pub fn marked_samples(guide: &Guide, about: Range<usize>, name: &str) -> Vec<String> {
    let text = &guide.text.as_str()[about.clone()];
    let name = name.to_lowercase();
    let is_told = |literal: &Literal<'_>| {
        let clause = text[..literal.range.start].rsplit(['.', ',', '\n']).next().unwrap_or_default();
        literal.marked && (last_word(clause) == Some("is") || clause.trim_end().to_lowercase().ends_with(&name))
    };
    // "If the URL is `X`, the value is `Y`."
    let is_condition = |literal: &Literal<'_>| {
        let clause = text[..literal.range.start].rsplit(['.', ',', '\n']).next().unwrap_or_default();
        words(clause).any(|word| is_one_of(word, &["if", "when", "url"]))
    };
    samples_of(literals(guide, about).into_iter().filter(|literal| is_told(literal) && !is_condition(literal)))
}

fn samples_of<'a>(literals: impl IntoIterator<Item = Literal<'a>>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for literal in literals {
        let is_word = literal.marked && is_example_word(literal.text);
        if literal.placeholder().is_none()
            && (is_word || is_address(literal.text))
            && !found.iter().any(|known| known == literal.text)
        {
            found.push(literal.text.to_owned());
        }
        if found.len() == MOST_SAMPLES {
            break;
        }
    }
    found
}

/// Bytes before an example in which it is called one.
const LONGEST_LEAD: usize = 64;

/// What authors of examples call the reader's own: `yourdomain`, `my-company`.
const THINGS: [&str; 16] = [
    "company", "domain", "subdomain", "account", "instance", "store", "shop", "site", "org", "organization", "tenant",
    "host", "server", "workspace", "team", "name",
];

/// How examples count: `AB12345`.
const COUNTED: [&str; 6] = ["123", "1234", "12345", "123456", "1234567", "12345678"];

/// Whether a name in lowercase is one of the reader's own: `yourdomain`, `my-company`.
pub fn is_own_thing(name: &str) -> bool {
    let rest = ["your", "my"].iter().find_map(|own| name.strip_prefix(own));
    rest.is_some_and(|rest| THINGS.contains(&rest.trim_start_matches(['-', '_'])))
}

/// Whether a word is letters and a count: `AB12345`.
fn is_counted(text: &str) -> bool {
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    COUNTED.contains(&&text[letters.len()..])
        && letters.trim_end_matches(['-', '_']).chars().all(|c| c.is_ascii_alphabetic())
        && letters.len() > 1
}

/// Whether a word is what authors of examples write for a name: `yourdomain`, `my-company`, `example`, `AB12345`.
pub fn is_example_word(text: &str) -> bool {
    let folded = fold(text);
    let is_word = !text.contains(char::is_whitespace) && text.len() < 32;
    // `mysql` begins with the same letters.
    let is_thing = |rest: &str| THINGS.iter().any(|thing| rest.starts_with(thing));
    let is_own = || {
        text.to_ascii_lowercase().strip_prefix("my").is_some_and(|rest| rest.starts_with(['-', '_']) || is_thing(rest))
    };
    is_word
        && (is_counted(text)
            || ["your", "example", "company", "sample", "acme", "subdomain"]
                .iter()
                .any(|start| folded.starts_with(start))
            || is_own())
}
