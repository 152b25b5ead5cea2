//! Values to choose from: "either **Live** or **Test**", "the region (EU or US)".

use std::ops::Range;

use super::literals::{Literal, is_address, literals};
use super::{Form, WANTS, is_one_of, words};
use crate::guide::Guide;

/// Words that announce values to choose from.
const ANNOUNCEMENTS: &[&str] = &["either", "between", "select", "choose", "pick", "one"];

/// Other words right before the values.
const LEADS: &[&str] = &["must be", "values are", "options are", "values:", "options:"];

/// Words before what a value is for: "EU for Europe".
const PURPOSES: &[&str] = &["for", "if"];

/// Words that leave a choice open, or announce examples.
const OPENINGS: &[&str] = &["custom", "example", "e.g", "such", "usually", "other", "another", "etc"];

/// The last words of the names of values that are chosen.
const KINDS: &[&str] = &[
    "environment", "region", "mode", "type", "center", "centre", "datacenter", "datacentre", "zone", "location",
    "edition", "plan", "platform", "country", "cluster", "protocol",
];

/// The most words of one of the values.
const LONGEST_VALUE: usize = 3;

/// The most places of a description at which values are sought.
const MOST_STARTS: usize = 8;

/// The values that a part of the guide's text lets the reader choose from, there are several; `is_kind` says that it is about
/// nothing else.
pub(in crate::contract) fn choice_in(guide: &Guide, about: Range<usize>, is_kind: bool) -> Option<Form> {
    let form = choice(&guide.text.as_str()[about.clone()], is_kind, &literals(guide, about))?;
    matches!(&form, Form::OneOf(values) if values.len() > 1).then_some(form)
}

/// The values after the name of what a step lets the reader choose: "Select or enter the domain (Development or Production)".
pub(in crate::contract) fn chosen_after(guide: &Guide, lead: Range<usize>, about: Range<usize>) -> Option<Form> {
    let is_choice = |word: &str| is_one_of(word, &["select", "choose", "pick"]);
    let is_lead = lead.end <= about.start && words(&guide.text.as_str()[lead]).any(is_choice);
    choice_in(guide, about, true).filter(|_| is_lead)
}

/// Whether a name is that of a value which is chosen rather than made up.
pub(in crate::contract) fn is_kind(name: &str) -> bool {
    super::last_word(name).is_some_and(|word| is_one_of(word, KINDS))
}

/// The values that a description lets the reader choose from; `is_kind` says that the value is always chosen.
pub(super) fn choice(text: &str, is_kind: bool, literals: &[Literal<'_>]) -> Option<Form> {
    if let Some(values) = in_dropdown(text, literals) {
        return Some(Form::OneOf(values));
    }
    if words(text).any(|word| is_one_of(word, OPENINGS)) {
        return None;
    }
    let end = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    let is_lead = |word: &&str| is_one_of(super::bare(word), ANNOUNCEMENTS);
    let led = LEADS.iter().filter_map(|lead| Some(text.find(lead)? + lead.len()));
    let announced: Vec<usize> = text.split_whitespace().filter(is_lead).map(end).take(MOST_STARTS).collect();
    let mut starts: Vec<usize> = announced.iter().copied().chain(led).chain(is_kind.then_some(0)).collect();
    starts.sort_unstable();
    let first = *starts.first()?;
    let colons = text[first..].match_indices(": ").map(|(at, _)| first + at + 1);
    let starts: Vec<usize> = starts.iter().copied().chain(colons.take(MOST_STARTS)).collect();
    let marked = |start: &usize| series(text, *start, literals);
    let several = starts.iter().filter_map(marked).find(|values| values.len() > 1);
    let values = several
        .or_else(|| in_brackets(&text[first..], is_kind))
        .or_else(|| starts.iter().find_map(|start| plain(text, *start, is_kind)))
        .or_else(|| marked(announced.first()?))?;
    Some(Form::OneOf(values.into_iter().map(str::to_owned).collect()))
}

/// The values of a list from which one is selected: "The production domain is `api.acme.example`".
fn in_dropdown(text: &str, literals: &[Literal<'_>]) -> Option<Vec<String>> {
    words(text).find(|word| is_one_of(word, &["dropdown", "drop-down"]))?;
    let follows_is = |literal: &&Literal<'_>| super::last_word(&text[..literal.range.start]) == Some("is");
    let values = literals.iter().filter(|literal| literal.marked && literal.placeholder().is_none());
    let values: Vec<String> = values.filter(follows_is).map(|literal| literal.text.to_owned()).collect();
    (values.len() > 1).then_some(values)
}

/// Marked texts with nothing between them but "or", commas, remarks in brackets, and what each is for.
fn series<'a>(text: &str, start: usize, literals: &[Literal<'a>]) -> Option<Vec<&'a str>> {
    let is_value = |literal: &&Literal<'_>| {
        literal.marked && !is_address(literal.text) && literal.text.split_whitespace().count() <= LONGEST_VALUE
    };
    let mut values: Vec<&str> = Vec::new();
    let mut end = start;
    for literal in literals.iter().filter(|literal| literal.range.start >= start).filter(is_value) {
        let between = without_brackets(text.get(end..literal.range.start)?);
        let is_joined = if values.is_empty() { start > 0 || is_lead(&between) } else { is_joint(&between) };
        if between.contains(['.', ';']) || !is_joined {
            break;
        }
        end = literal.range.end;
        if !values.contains(&literal.text) {
            values.push(literal.text);
        }
    }
    (!values.is_empty()).then_some(values)
}

/// Whether a text before the first value, where nothing announces a choice, leads to it: "set to", or nothing.
fn is_lead(before: &str) -> bool {
    super::last_word(before).is_none_or(|word| is_one_of(word, WANTS) || is_one_of(word, &["to"]))
}

/// Whether a text between two values joins them: "or the", ", ", " for live accounts, ".
fn is_joint(between: &str) -> bool {
    let is_word = |word: &str| {
        let bare = super::bare(word);
        bare.is_empty() || is_one_of(bare, &["or", "and", "the", "/"])
    };
    let mut words = between.split_whitespace();
    let is_purpose = words.next().is_some_and(|word| is_one_of(word, PURPOSES)) && words.next_back() == Some("or");
    // A path has other marks between its parts.
    !between.contains(['>', '\u{2192}']) && (is_purpose || between.split_whitespace().all(is_word))
}

/// A text without what is in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        depth += usize::from(*c == '(');
        let is_outside = depth == 0;
        depth = depth.saturating_sub(usize::from(*c == ')'));
        is_outside
    });
    outside.collect()
}

/// "(Development or Production)", "(US/AUS)".
fn in_brackets(text: &str, is_kind: bool) -> Option<Vec<&str>> {
    let open = text.find('(')? + 1;
    let inside = &text[open..open + text[open..].find(')')?];
    let parts: Vec<&str> = inside.split(" or ").flat_map(|part| part.split(['/', ','])).map(str::trim).collect();
    (parts.len() > 1 && parts.iter().all(|part| is_label(part, is_kind))).then_some(parts)
}

/// Words that begin with an uppercase letter: "Either EU for Europe or US", "Production, Staging or Development", and after
/// a colon "EU, US".
fn plain(text: &str, start: usize, is_kind: bool) -> Option<Vec<&str>> {
    let lead = super::last_word(&text[..start]).unwrap_or_default();
    let after_colon = text[..start].ends_with(':');
    let in_any_case = is_kind && is_one_of(lead, &["either"]);
    let sentence = text[start..].split(". ").next().unwrap_or_default();
    let sentence = sentence.lines().find(|line| !line.trim().is_empty())?;
    let mut values: Vec<&str> = Vec::new();
    let (mut is_next, mut is_last, mut in_purpose) = (true, false, false);
    for word in sentence.split_whitespace().skip_while(|word| is_one_of(word, &["either", "the"])) {
        let bare = super::bare(word);
        if is_one_of(bare, &["or", "/"]) {
            (is_last, is_next, in_purpose) = (bare != "/", true, false);
        } else if is_next {
            if is_one_of(bare, &["the"]) {
                continue;
            }
            let parts = bare.split('/');
            if !parts.clone().all(|part| is_label(part, in_any_case)) {
                return None;
            }
            values.extend(parts);
            if is_last {
                // What nothing announces is all there is.
                let is_end = start > 0 || sentence.ends_with(word);
                return is_end.then_some(values);
            }
            is_next = word.ends_with(',');
        } else if in_purpose || is_one_of(bare, PURPOSES) {
            (is_next, in_purpose) = (word.ends_with(','), true);
        } else {
            return None;
        }
    }
    (after_colon && values.len() > 1).then_some(values)
}

/// Whether a word is nothing but letters and digits and begins with an uppercase letter, or may do without it.
fn is_label(word: &str, in_any_case: bool) -> bool {
    let is_start = |c: char| c.is_uppercase() || in_any_case && c.is_lowercase();
    let is_article = is_one_of(word, &["a", "an", "any", "the", "your", "no", "not"]);
    word.starts_with(is_start) && word.chars().all(char::is_alphanumeric) && !is_article
}
