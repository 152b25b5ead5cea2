//! The words of the reader's text, as a spelling rule wants them: whole, outside code, untied.
//!
//! What is written together with other marks (`Users/Roles`, `name@host`, `file.txt`) is no word here.

use std::ops::Range;

use super::{FlatText, Style};

/// A word of the reader's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word without the punctuation around it.
    pub text: &'a str,
    /// Where it starts in the flat text.
    pub start: usize,
    /// Whether a word follows behind nothing but a blank.
    pub open: bool,
    /// Whether nothing but a blank, or a block's start, stands before it.
    pub free: bool,
    /// The block of text that it is in, counted from 0.
    pub line: usize,
}

impl Word<'_> {
    /// Where it stands in the flat text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The words of a text, in order; words in code are left out.
pub fn words(text: &FlatText) -> impl Iterator<Item = Word<'_>> {
    let mut start = 0;
    let lines = text.as_str().split('\n').enumerate().map(move |(line, content)| {
        let at = start;
        start += content.len() + 1;
        (line, at, content)
    });
    let all = lines.flat_map(|(line, at, content)| {
        let base = content.as_ptr() as usize;
        content.split_whitespace().filter_map(move |token| word(token, at + token.as_ptr() as usize - base, line))
    });
    let pieces = text.pieces();
    let mut at = 0;
    // Words and pieces are both in order, so that no word is looked up.
    all.filter(move |word| {
        let end = word.start + word.text.len();
        while pieces.get(at + 1).is_some_and(|next| next.start as usize <= word.start) {
            at += 1;
        }
        let inside = pieces[at.min(pieces.len())..].iter().take_while(|piece| (piece.start as usize) < end);
        !inside.into_iter().any(|piece| piece.style.has(Style::CODE))
    })
}

fn word(token: &str, at: usize, line: usize) -> Option<Word<'_>> {
    // Most words: nothing but letters, which needs no look at characters.
    if token.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(Word { text: token, start: at, open: true, free: true, line });
    }
    let behind = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_word = !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    is_word.then(|| Word {
        text,
        start: at + token.len() - behind.len(),
        open: behind.len() == text.len(),
        free: behind.len() == token.len(),
        line,
    })
}
