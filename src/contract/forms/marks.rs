//! Punctuation that sentences name: "your company followed by a plus sign", "replace the underscore with a dash".

use super::literals::Literal;
use super::{Form, WANTS, is_one_of};

/// The names of punctuation marks.
const MARKS: &[(&str, char)] = &[
    ("plus", '+'),
    ("period", '.'),
    ("dot", '.'),
    ("colon", ':'),
    ("underscore", '_'),
    ("dash", '-'),
    ("hyphen", '-'),
    ("slash", '/'),
    ("backslash", '\\'),
    ("pipe", '|'),
];

/// The characters that separate the items of a list, by their names.
const SEPARATORS: &[(&str, char)] =
    &[("space", ' '), ("spaces", ' '), ("comma", ','), ("commas", ','), ("semicolon", ';'), ("semicolons", ';')];

/// "A space-separated list", "separated by commas".
pub(super) fn separator(words: &[&str]) -> Option<char> {
    let words: Vec<&str> = words.iter().flat_map(|word| word.split('-')).collect();
    let at = words.iter().position(|word| is_one_of(word, &["separated", "seperated", "delimited"]))?;
    let near = &words[at.saturating_sub(1)..words.len().min(at + 4)];
    near.iter().find_map(|word| SEPARATORS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))).map(|(_, c)| *c)
}

/// "Your company followed by a plus sign and then your key".
pub(super) fn joined(text: &str) -> Option<Form> {
    let words: Vec<&str> = super::words(text).filter(|word| !word.is_empty()).collect();
    let mark = words.windows(4).find_map(|part| {
        let is_joint = is_one_of(part[0], &["followed"]) && part[1] == "by" && is_one_of(part[2], &["a", "an"]);
        named(part[3]).filter(|_| is_joint)
    })?;
    Some(Form::Shape(format!("{{first part}}{mark}{{second part}}")))
}

/// A mark that is replaced by another one: "if it contains an underscore, replace it with a dash", or by an example,
/// "if your version is `v2020.3`, enter `v2020_3`".
pub(super) fn replaced(text: &str, literals: &[Literal<'_>]) -> Option<Form> {
    let words: Vec<&str> = super::words(text).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| is_one_of(word, &["replace", "change", "replacing", "changing"]));
    let in_words = at.and_then(|at| {
        let (near, after) = (&words[at.saturating_sub(4)..at], &words[at..words.len().min(at + 5)]);
        let kept = after.iter().rev().find_map(|word| named(word))?;
        near.iter().chain(after).find_map(|word| named(word)).filter(|mark| *mark != kept)
    });
    let by_example = || {
        literals.windows(2).find_map(|pair| {
            let lead = super::last_word(&text[..pair[1].range.start])?;
            let is_wanted = pair.iter().all(|literal| literal.marked) && is_one_of(lead, WANTS);
            let (whole, entered) = (pair[0].text, pair[1].text);
            let mut changes = whole.chars().zip(entered.chars()).filter(|(a, b)| a != b);
            let (from, to) = changes.next().filter(|_| is_wanted && whole.len() == entered.len())?;
            let is_mark = !from.is_alphanumeric() && !to.is_alphanumeric() && !entered.contains(from);
            (is_mark && changes.all(|change| change == (from, to))).then_some(from)
        })
    };
    in_words.or_else(by_example).map(|mark| Form::Not(mark.to_string()))
}

fn named(word: &str) -> Option<char> {
    MARKS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, mark)| *mark)
}
