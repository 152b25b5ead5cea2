//! Sets of phrases that are searched for all at once.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

/// Phrases, found whole: not inside a longer word. Upper and lower case do not matter.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    phrases: Vec<String>,
    matcher: OnceLock<Option<AhoCorasick>>,
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        Self { phrases, matcher: OnceLock::new() }
    }
}

impl Phrases {
    /// The phrases as written in the profile.
    pub fn as_slice(&self) -> &[String] {
        &self.phrases
    }

    /// Whether one of the phrases stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.find_in(text).next().is_some()
    }

    /// The places of the phrases in `text` and which one it is; the longest where several start.
    pub fn find_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let matcher = self.matcher.get_or_init(|| {
            let builder = AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                // The phrases' letters are too common in prose to be skipped to.
                .prefilter(false)
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(&self.phrases);
            builder.ok()
        });
        let found = matcher.iter().flat_map(move |matcher| matcher.find_iter(text));
        found
            .filter(move |found| is_whole(text, found.range()))
            .map(|found| (found.pattern().as_usize(), found.range()))
    }
}

/// Whether `range` neither begins nor ends inside a word.
pub(super) fn is_whole(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let first = text[range.clone()].chars().next();
    let last = text[range].chars().next_back();
    let joined =
        |a: Option<char>, b: Option<char>| a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric);
    !joined(before, first) && !joined(last, after)
}

/// Letters and digits in lower case: how names are compared that differ in case, spaces and marks.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().filter(|c| c.is_alphanumeric()) {
        if letter.is_ascii() { folded.push(letter.to_ascii_lowercase()) } else { folded.extend(letter.to_lowercase()) }
    }
    folded
}
