//! Sentences about the characters of a value: "is 18 characters long", "begins with `0Uv`", "remove `/api` from the end",
//! "Leave this value empty."

use super::literals::Literal;
use super::{Form, TAKES, is_one_of, words};

/// Words before a number of characters that make it a bound or one of a part.
const BOUNDS: &[&str] = &[
    "least", "most", "to", "than", "maximum", "max", "minimum", "min", "first", "last", "between", "or", "about",
    "next", "within", "only",
];

/// How many words before a number are read.
const REACH: usize = 3;

/// The longest value whose characters a guide counts.
const LONGEST: usize = 512;

/// What begins a description that says nothing else.
const LEAVES: &[&str] = &["leave this value", "leave this field", "leave this", "leave it", "leave"];

/// The form that a sentence of a description gives.
pub(super) fn form(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    without_end(text, literals).or_else(|| length(text).map(Form::Length)).or_else(|| prefix(text, literals))
}

/// "18 characters long", "a 16 character string".
fn length(text: &str) -> Option<usize> {
    let words: Vec<&str> = words(text).flat_map(|word| word.split('-')).collect();
    let at = words.iter().position(|word| is_one_of(word, &["character", "characters"]))?;
    let count: usize = words.get(at.checked_sub(1)?)?.parse().ok().filter(|count| (2..LONGEST).contains(count))?;
    let before = &words[(at - 1).saturating_sub(REACH)..at - 1];
    // "The first 18 characters of 36 characters"
    let others = words.iter().filter(|word| is_one_of(word, &["character", "characters"])).count();
    (others == 1 && !before.iter().any(|word| is_one_of(word, BOUNDS))).then_some(count)
}

/// "It begins with `0Uv`": a literal right after the words.
fn prefix(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let found = literals.iter().filter(|literal| literal.marked).find(|literal| {
        let before = text[..literal.range.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        ["begins with", "starts with", "beginning with", "starting with"].iter().any(|lead| before.ends_with(lead))
            && !before.contains(" not ")
    })?;
    let is_word =
        !found.text.contains(|c: char| c.is_whitespace() || c == '.' || c == '/') && found.placeholder().is_none();
    (is_word && found.text.len() > 1 && text.matches(" with ").count() == 1)
        .then(|| Form::Prefix(found.text.to_owned()))
}

/// "Remove the `/api` from the end of the URL."
fn without_end(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let end = text.find("from the end")?;
    let sentence = text[..end].rfind(". ").map_or(0, |at| at + 2);
    let takes = words(&text[sentence..end]).any(|word| is_one_of(word, TAKES));
    let mut named = literals.iter().filter(|literal| (sentence..end).contains(&literal.range.start) && literal.marked);
    let (only, None) = (named.next()?, named.next()) else { return None };
    (takes && only.placeholder().is_none() && !only.text.contains("://"))
        .then(|| Form::WithoutEnd(only.text.to_owned()))
}

/// Whether a description says nothing but to leave the value empty.
pub(super) fn is_left_empty(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let rest = LEAVES.iter().find_map(|lead| text.strip_prefix(lead));
    rest.is_some_and(|rest| matches!(rest.trim(), "blank" | "empty"))
}
