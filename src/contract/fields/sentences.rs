//! What sentences say of values: "Acme asks you for the **API Key** when you install the connector", "you can install
//! it without providing a database and a schema".

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Field, FieldsFound, LONGEST_NAME, Reader, Written};
use crate::guide::{BlockId, BlockKind, InlineKind};
use crate::profile::is_same;

/// Words before the names that a sentence asks for.
const ASKS: &[&str] = &["asks", "asked", "prompts", "prompted"];

/// How many words may be between them: "asks you for the".
const REACH: usize = 4;

/// What says, after `without`, that the connector does without the values that follow.
const WITHOUT: &[&str] = &["providing ", "entering ", "specifying ", "setting "];

/// The strong names that a sentence asks for, the first one right after the words that ask.
pub(super) fn asked_for<'a>(reader: &Reader<'a>, block: BlockId, own: &Range<usize>) -> Vec<Written<'a>> {
    let text = reader.guide.text.as_str();
    let strong = reader.guide.inlines_of(block).iter().filter(|inline| inline.kind == InlineKind::Strong);
    let places = strong.map(|inline| inline.text.start as usize..inline.text.end as usize);
    let mut found: Vec<Written<'a>> = Vec::new();
    for place in places.filter(|place| place.start >= own.start && place.end <= own.end) {
        let name = &text[place.clone()];
        let follows = match found.last() {
            Some(last) => is_between_names(&text[last.place.end..place.start]),
            None => asks(&text[own.start..place.start]),
        };
        if !follows || !reader.profile.names_a_value(name) {
            break;
        }
        let about = place.end..own.end;
        found.push(Written { name, description: place.end..place.end, about, place, either: false });
    }
    // What follows is about the value if it is the only one, and so is a list right after the sentence.
    let end = list_after(reader, block).unwrap_or(own.end);
    match found.as_mut_slice() {
        [only] => only.about.end = end.max(own.end),
        several => several.iter_mut().for_each(|one| one.about = one.place.end..one.place.end),
    }
    found
}

/// Where the text of the list right after a paragraph ends. A paragraph has no blocks in it, so the next block is the one
/// after it.
fn list_after(reader: &Reader<'_>, block: BlockId) -> Option<usize> {
    let blocks = &reader.guide.blocks;
    let next = blocks.get(block + 1).filter(|next| next.parent() == blocks[block].parent())?;
    matches!(next.kind, BlockKind::List { .. }).then_some(next.text.end as usize)
}

/// Whether a text ends with words that ask for what comes next.
fn asks(before: &str) -> bool {
    let sentence = before.rsplit(". ").next().unwrap_or_default();
    let last = sentence.split_whitespace().rev().take(REACH + 1);
    let words: Vec<&str> = last.collect();
    let at = words.iter().position(|word| ASKS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    at.is_some_and(|at| words[..at].iter().any(|word| word.eq_ignore_ascii_case("for")))
}

/// Whether a text is a comma or "and", with an article or without, between two names.
pub(super) fn is_between_names(text: &str) -> bool {
    let is_article = |word: &str| matches!(word, "a" | "an" | "the" | "your");
    let is_joint = |word: &str| matches!(word, "and" | "or");
    let text = text.trim();
    let (comma, rest) = text.split_at(usize::from(text.starts_with(',')));
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words.as_slice() {
        [] => !comma.is_empty(),
        [word] => is_joint(word) || !comma.is_empty() && is_article(word),
        [word, article] => is_joint(word) && is_article(article),
        _ => false,
    }
}

/// Marks the values that a sentence says the connector works without.
pub(super) fn dispensable(text: &str, fields: &mut [Field]) {
    let lead = "without ";
    for at in memchr::memmem::find_iter(text.as_bytes(), lead) {
        let after = &text[at + lead.len()..];
        let Some(rest) = WITHOUT.iter().find_map(|verb| after.strip_prefix(verb)) else { continue };
        let clause = &rest[..rest.find(['.', '\n', ';', ':']).unwrap_or(rest.len())];
        for item in clause.split(',').flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" or ")) {
            let name = without_article(item);
            let named = |field: &&mut Field| is_same(&field.name.value, name);
            fields.iter_mut().filter(named).for_each(|field| field.optional = true);
        }
    }
}

fn without_article(item: &str) -> &str {
    let item = item.trim();
    let item = ["and ", "or "].iter().find_map(|word| item.strip_prefix(word)).unwrap_or(item);
    ["a ", "an ", "the ", "any ", "your "].iter().find_map(|word| item.strip_prefix(word)).unwrap_or(item).trim()
}

/// Words that make what a sentence asks for depend on something.
const CONDITIONS: &[&str] = &["when", "if", "depends", "depending"];

/// Words that ask for values.
const NEEDS: &[&str] = &["need", "needs", "needed", "required", "provided", "provide"];

/// Marks the fields that are needed only under a condition, by what is said of other ones: "When enabled, **Server
/// Host** and **Server Port** need to be provided". `abouts` are what the guide says of each.
pub(super) fn conditional(abouts: &[&str], fields: &mut [Field]) {
    let lower = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, field) in fields.iter().enumerate() {
        named.entry(lower(&field.name.value).join(" ")).or_default().push(at);
    }
    for (at, about) in abouts.iter().enumerate() {
        for sentence in about.split(". ") {
            let words = lower(sentence);
            let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
            if !has(CONDITIONS) || !has(NEEDS) {
                continue;
            }
            // Single words are too common to be names.
            let parts = (2..=LONGEST_NAME).flat_map(|length| words.windows(length).map(|name| name.join(" ")));
            let others: Vec<usize> = parts.filter_map(|name| named.remove(&name)).flatten().collect();
            for other in others {
                fields[other].optional |= fields[other].key != fields[at].key;
            }
        }
    }
}

/// Drops the values of paragraphs that a list or a step asks for as well; whether only paragraphs ask for values.
pub(super) fn without_repeated(found: &mut FieldsFound) -> bool {
    let listed = found.iter().filter(|one| !one.in_prose).map(|one| one.field.key.clone());
    let listed: HashSet<String> = listed.collect();
    found.retain(|one| !one.in_prose || !listed.contains(&one.field.key));
    listed.is_empty()
}
