//! Words with a better one, found where they are alone.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::phrases::Phrases;
use crate::searchable::Searchable;
use crate::source::drop_overlapping;

/// A word or phrase and what to write for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub find: Vec<String>,
    pub write: String,
    /// Longer phrases in which it is right.
    pub except: Option<Phrases>,
    /// Words of which one, or a name, follows it inside a sentence: "to setup the app", but "prior to setup".
    #[serde(default)]
    pub followed_by: Vec<String>,
    /// Whether it is reported only in guides of the present style.
    #[serde(default)]
    pub current: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermFound {
    /// Index into the profile's terminology.
    pub term: usize,
    pub range: Range<usize>,
    /// What to write, with an uppercase letter where one is.
    pub write: String,
}

/// All terms of a profile, searched for together.
#[derive(Debug)]
pub(super) struct TermMatcher {
    /// What is found, each once regardless of case.
    phrases: Phrases,
    /// For each phrase its terms, and how each has it written.
    finds: Vec<Vec<(usize, String)>>,
}

impl TermMatcher {
    pub(super) fn new(terms: &[Term]) -> Self {
        let all = terms.iter().enumerate().flat_map(|(index, term)| term.find.iter().map(move |find| (index, find)));
        let mut finds: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for (term, find) in all {
            finds.entry(find.to_ascii_lowercase()).or_default().push((term, find.clone()));
        }
        let (phrases, finds): (Vec<String>, Vec<_>) = finds.into_iter().unzip();
        Self { phrases: Phrases::from(phrases), finds }
    }

    /// The terms in `text` that are to be replaced, in order; of overlapping ones the first, of
    /// those that begin together the longest.
    pub(super) fn find_in(&self, terms: &[Term], text: &Searchable<'_>) -> Vec<TermFound> {
        let terms = self.phrases.all_in(text).into_iter().filter_map(|(phrase, range)| {
            let mut finds = self.finds[phrase].iter();
            finds.find_map(|(term, find)| term_at(*term, &terms[*term], find, text, range.clone()))
        });
        let mut found: Vec<TermFound> = terms.collect();
        drop_overlapping(&mut found, |found| &found.range);
        found
    }
}

/// Words with two right spellings, of which a guide uses one.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<[String; 2]>")]
pub struct Spellings {
    /// The spellings of all pairs, one pair after the other.
    phrases: Phrases,
}

/// One of two spellings that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellingFound {
    pub pair: usize,
    /// Which of the two it is: 0 or 1.
    pub which: usize,
    pub range: Range<usize>,
}

impl From<Vec<[String; 2]>> for Spellings {
    fn from(pairs: Vec<[String; 2]>) -> Self {
        Self { phrases: Phrases::from(pairs.concat()) }
    }
}

impl Spellings {
    /// The spellings in `text`, in order.
    pub fn find_in(&self, text: &Searchable<'_>) -> impl Iterator<Item = SpellingFound> {
        let found = self.phrases.find_in(text).into_iter();
        found.map(|(index, range)| SpellingFound { pair: index / 2, which: index % 2, range })
    }
}

/// What to do with a match of `find`; `None` if it is correct.
fn term_at(index: usize, term: &Term, find: &str, page: &Searchable<'_>, range: Range<usize>) -> Option<TermFound> {
    let text = page.text();
    let written = &text[range.clone()];
    let capital = written != find;
    // Of terms that differ from their replacement only in uppercase, another case may be right.
    // A first letter outside ASCII has no other case: the search folds ASCII only.
    let may_begin = !find.eq_ignore_ascii_case(&term.write) && written.get(1..) == find.get(1..);
    if capital && !(may_begin && begins_sentence(text, range.start)) {
        return None;
    }
    let is_excepted = || term.except.as_ref().is_some_and(|except| except.cover(page, &range));
    let follows = || {
        let rest = text[range.end..].trim_start_matches(' ');
        let next = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_name = next.starts_with(char::is_uppercase) && next.ends_with(char::is_lowercase);
        is_name || term.followed_by.iter().any(|word| word == next)
    };
    let is_usual = capital || term.followed_by.is_empty() || follows();
    if !stands_alone(text, &range) || !is_usual || is_excepted() {
        return None;
    }
    let write = if capital { capitalised(&term.write) } else { term.write.clone() };
    Some(TermFound { term: index, range, write })
}

/// Whether no mark ties the range to a longer word, an address, a file name or a quotation.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    const TIES: &str = "'\"`‘’“”./\\-_@#{}<>=&?+~$%";
    let before = text[..range.start].chars().next_back();
    let mut following = text[range.end..].chars();
    let (after, next) = (following.next(), following.next());
    let ends_sentence =
        after.is_some_and(|c| ".?".contains(c)) && next.is_none_or(|c| c.is_whitespace() || "\"')”’".contains(c));
    !before.is_some_and(|c| TIES.contains(c)) && (ends_sentence || !after.is_some_and(|c| TIES.contains(c)))
}

/// Whether a sentence, a line or an item begins at `at`.
fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '\u{a0}', '(']);
    before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':'])
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
