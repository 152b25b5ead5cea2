//! The words of the reader's text, as a spelling rule wants them: whole, outside code, untied.
//!
//! What is written together with other marks (`Users/Roles`, `name@host`, `file.txt`) is not a word here.

use std::ops::Range;

use super::{FlatText, Style};

/// Verbs that begin a step.
pub const VERBS_OF_STEPS: [&str; 25] = [
    "add", "choose", "click", "configure", "copy", "create", "enter", "fill", "find", "generate", "go", "install",
    "locate", "log", "make", "navigate", "note", "open", "paste", "press", "save", "scroll", "select", "set", "type",
];

/// Words that begin the object of a verb.
pub const OBJECTS: [&str; 7] = ["a", "an", "it", "the", "them", "this", "your"];

/// The words of a clause, with the apostrophes in them.
pub fn words_of_clause(clause: &str) -> impl Iterator<Item = &str> {
    clause.split(|c: char| !c.is_alphanumeric() && !"'’".contains(c)).filter(|word| !word.is_empty())
}

/// Whether a word in lowercase denies what follows it: `not`, `never`, `don't`.
pub fn denies(word: &str) -> bool {
    matches!(word, "never" | "not") || word.ends_with("n't") || word.ends_with("n’t")
}

/// A word of the reader's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word without the punctuation around it.
    pub text: &'a str,
    /// Where it starts in the flat text.
    pub start: usize,
}

impl Word<'_> {
    /// Its location in the flat text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The words in a part of a text, in order; words in code are left out.
pub fn words(text: &FlatText, part: Range<usize>) -> impl Iterator<Item = Word<'_>> {
    let content = &text.as_str()[part.clone()];
    let base = content.as_ptr() as usize;
    let tokens = content.split_whitespace();
    let words = tokens.filter_map(move |token| word(token, part.start + token.as_ptr() as usize - base));
    words.filter(|word| !text.any_has(word.range(), Style::CODE))
}

/// The word that fills exactly `range`, if one does.
pub fn word_at(text: &FlatText, range: Range<usize>) -> Option<Word<'_>> {
    let whole = text.as_str();
    // Only punctuation is between a word and the space beside it.
    let ends = |c: &char| c.is_whitespace() || c.is_alphanumeric();
    let is_free = |next: Option<char>| next.is_none_or(char::is_whitespace);
    let is_whole =
        is_free(whole[..range.start].chars().rev().find(ends)) && is_free(whole[range.end..].chars().find(ends));
    let word = word(&whole[range.clone()], range.start).filter(|word| is_whole && word.range() == range);
    word.filter(|_| !text.any_has(range, Style::CODE))
}

fn word(token: &str, at: usize) -> Option<Word<'_>> {
    let after = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = after.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_word = !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    is_word.then(|| Word { text, start: at + token.len() - after.len() })
}
