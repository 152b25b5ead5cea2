//! Values to choose from: "either **Live** or **Test**", "the region (EU or US)".

use std::ops::Range;

use super::literals::{Literal, is_address, literals};
use super::{Form, is_one_of, words};
use crate::guide::Guide;

/// Words that announce values to choose from.
const ANNOUNCEMENTS: &[&str] = &["either", "between", "select", "choose", "pick", "one"];

/// Words that leave a choice open, or announce examples.
const OPENINGS: &[&str] = &["custom", "example", "e.g", "such", "usually", "other", "another"];

/// The most words of one of the values.
const LONGEST_VALUE: usize = 3;

/// The values that a part of the guide's text lets the reader choose from; there are several.
pub(in crate::contract) fn choice_in(guide: &Guide, about: Range<usize>) -> Option<Form> {
    let form = choice(&guide.text.as_str()[about.clone()], &literals(guide, about))?;
    matches!(&form, Form::OneOf(values) if values.len() > 1).then_some(form)
}

/// The values that a description lets the reader choose from.
pub(super) fn choice(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    if let Some(values) = in_dropdown(text, literals) {
        return Some(Form::OneOf(values));
    }
    let start = announcement(text)?;
    if words(text).any(|word| is_one_of(word, OPENINGS)) {
        return None;
    }
    let values =
        series(text, start, literals).or_else(|| in_brackets(&text[start..])).or_else(|| plain(&text[start..]))?;
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

/// Where the first word that announces a choice ends.
fn announcement(text: &str) -> Option<usize> {
    let word = text.split_whitespace().find(|word| is_one_of(super::bare(word), ANNOUNCEMENTS))?;
    Some(word.as_ptr() as usize - text.as_ptr() as usize + word.len())
}

/// Marked texts with nothing between them but "or", commas, and remarks in brackets.
fn series<'a>(text: &str, start: usize, literals: &[Literal<'a>]) -> Option<Vec<&'a str>> {
    let is_value = |literal: &&Literal<'_>| {
        literal.marked && !is_address(literal.text) && literal.text.split_whitespace().count() <= LONGEST_VALUE
    };
    let mut values: Vec<&str> = Vec::new();
    let mut end = start;
    for literal in literals.iter().filter(|literal| literal.range.start >= start).filter(is_value) {
        let between = without_brackets(text.get(end..literal.range.start)?);
        if between.contains(['.', ';']) || !values.is_empty() && !between.split_whitespace().all(is_joint) {
            break;
        }
        end = literal.range.end;
        if !values.contains(&literal.text) {
            values.push(literal.text);
        }
    }
    (!values.is_empty()).then_some(values)
}

fn is_joint(word: &str) -> bool {
    let bare = super::bare(word);
    bare.is_empty() || is_one_of(bare, &["or", "and", "the", "/"])
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
fn in_brackets(text: &str) -> Option<Vec<&str>> {
    let open = text.find('(')? + 1;
    let inside = &text[open..open + text[open..].find(')')?];
    let parts: Vec<&str> = inside.split(" or ").flat_map(|part| part.split(['/', ','])).map(str::trim).collect();
    (parts.len() > 1 && parts.iter().all(|part| is_label(part))).then_some(parts)
}

/// "Either EU for Europe or US": words that begin with an uppercase letter.
fn plain(text: &str) -> Option<Vec<&str>> {
    let sentence = text.split(". ").next().unwrap_or_default();
    let mut after = sentence.split_whitespace().skip_while(|word| is_one_of(word, &["either", "the"]));
    let first = after.next().map(super::bare).filter(|word| is_label(word))?;
    let mut rest =
        after.skip_while(|word| !is_one_of(word, &["or"])).skip(1).skip_while(|word| is_one_of(word, &["the"]));
    let second = rest.next().map(super::bare).filter(|word| is_label(word))?;
    Some(vec![first, second])
}

/// Whether a word begins with an uppercase letter and is nothing but letters and digits.
fn is_label(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric)
}
