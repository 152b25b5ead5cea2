//! What sentences say of the characters of a value: how many there are, how they begin, what is not among them.

use super::literals::{Literal, beginning, literals};
use super::{Form, is_one_of};
use crate::guide::Guide;

/// Words that make a number of characters a limit or a part.
const LIMITS: &[&str] = &[
    "least", "most", "to", "than", "maximum", "minimum", "max", "min", "first", "last", "within", "over", "under",
    "exceed", "between", "and",
];

/// Words that take something away.
const TAKES: &[&str] = &["remove", "removing", "without", "omit", "exclude", "excluding"];

/// Words before what a value begins with.
const LEADS: &[&str] = &["begins with", "starts with", "beginning with", "starting with"];

/// The most bytes of a description that says nothing else than that the value is left out.
const LONGEST_BLANK: usize = 40;

/// The most sentences about the characters of values, and the most bytes of a line of them.
const MOST_SENTENCES: usize = 32;
const LONGEST_LINE: usize = 1024;

/// How many words may be between `remove` and what is to be removed.
const REACH: usize = 3;

/// "Leave this value blank" or "Leave the Password blank", as the whole description of the value called `name`.
pub(super) fn empty(text: &str, name: &str) -> Option<Form> {
    let text = text.trim().trim_end_matches('.');
    let words: Vec<&str> = text.split(' ').collect();
    let [first, between @ .., last] = words.as_slice() else { return None };
    let is_whole = text.len() <= LONGEST_BLANK && between.len() < 3;
    let is_about_value = |word: &&str| {
        is_one_of(word, &["this", "the", "it", "value", "field", "as"]) || super::words(name).any(|own| own == *word)
    };
    let names_value = between.iter().all(is_about_value);
    (is_whole && is_one_of(first, &["leave"]) && names_value && is_one_of(last, &["blank", "empty"]))
        .then_some(Form::Empty)
}

/// What is to be removed from the end: "remove the `/v1` from the end of the URL".
pub(super) fn end(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    literals.iter().filter(|literal| literal.marked).find_map(|literal| {
        let mut before = text[..literal.range.start].split_whitespace().rev().take(REACH).map(super::bare);
        before.find(|word| is_one_of(word, TAKES))?;
        let after = beginning(&text[literal.range.end..], LONGEST_LINE);
        let sentence = &after[..after.find(". ").unwrap_or(after.len())];
        sentence.contains("from the end").then(|| Form::WithoutEnd(literal.text.to_owned()))
    })
}

/// "Begins with `0Uv` and is 18 characters long", "a 16 character string".
pub(super) fn characters(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let words: Vec<&str> = text.split_whitespace().map(super::bare).collect();
    let length = words.windows(2).enumerate().find_map(|(at, pair)| {
        let is_limit = at.checked_sub(1).is_some_and(|before| is_one_of(words[before], LIMITS));
        let count = pair[0].split('-').next()?.parse::<usize>().ok()?;
        let is_count = is_one_of(pair[1], &["character", "characters"]) && !is_limit && count > 3;
        is_count.then_some(count)
    });
    let start = literals.iter().filter(|literal| literal.marked).find(|literal| {
        let before = text[..literal.range.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_plain = literal.text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
        is_plain && !literal.text.starts_with("http") && LEADS.iter().any(|lead| before.ends_with(lead))
    });
    let prefix = start.map(|literal| literal.text.to_owned());
    (length.is_some() || prefix.is_some()).then_some(Form::Text { length, prefix })
}

/// The sentences that say something of the characters of a value, each with what it says.
pub(super) fn sentences(guide: &Guide) -> Vec<(String, Form)> {
    let text = guide.text.as_str();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let says = line.len() < LONGEST_LINE && ["character"].iter().chain(LEADS).any(|words| line.contains(words));
        if says && found.len() < MOST_SENTENCES {
            let parts = line.split_inclusive(". ");
            let mut at = start;
            for part in parts {
                let form = characters(part, &literals(guide, at..at + part.len()));
                found.extend(form.map(|form| (part.to_ascii_lowercase(), form)));
                at += part.len();
            }
        }
        start = end;
    }
    found
}
