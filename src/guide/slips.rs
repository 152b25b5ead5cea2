//! Slips in a page's words that no list of misspellings has: a word that is another one than was meant, letters left over
//! before a word, and slips in words that most guides have.

mod agreement;
mod articles;
mod confusions;

use std::ops::Range;

use super::words::{OBJECTS, VERBS_OF_STEPS, word_at};
use super::{FlatText, Guide, Style};
use crate::spelling::{SHORTEST_SLIP, meant_word};
use confusions::{CONFUSED, CONFUSIONS, Confusion, Name, listed};

/// A slip and what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordSlip {
    /// Where it is in the guide's text.
    pub range: Range<usize>,
    /// What was meant.
    pub meant: String,
    /// Whether what is written is a word.
    pub is_word: bool,
    /// The word that a wrong article is before.
    pub article_of: Option<String>,
}

/// The most bytes after a word that are looked at: two words.
const LONGEST_CONTEXT: usize = 128;

/// The shortest verb of a step that is looked for after another letter.
const SHORTEST_VERB: usize = 6;

/// All slips of a page, in order.
pub fn slips(guide: &Guide) -> Vec<WordSlip> {
    let text = &guide.text;
    let mut found = Vec::new();
    text.searchable().find(&CONFUSED, |at, which| {
        let confusion = &CONFUSIONS[which];
        // Several at one place are in the order of the list.
        found.extend(confusion.at(text, at).map(|slip| (which, slip)));
    });
    found.sort_by_key(|(which, _)| *which);
    let mut found: Vec<WordSlip> = found.into_iter().map(|(_, slip)| slip).collect();
    found.extend(articles::slips(text));
    found.extend(articles::plurals(text));
    found.extend(agreement::slips(text));
    found.extend(memchr::memchr_iter(b'=', text.as_str().as_bytes()).filter_map(|at| leftover(text, at)));
    found.extend(text.words().iter().filter_map(|word| misspelled(text, word.start as usize)));
    found.sort_by_key(|slip| slip.range.start);
    found
}

impl Confusion {
    /// How many bytes the word has at the beginning of a text, if it is there.
    fn written_at(&self, text: &str) -> Option<usize> {
        let rest = self.wrong.split('\'').enumerate().try_fold(text, |rest, (at, letters)| {
            let rest = if at == 0 { rest } else { rest.strip_prefix(['\'', '’'])? };
            rest.strip_prefix(letters)
        })?;
        Some(text.len() - rest.len())
    }

    /// Whether one of the words after it is there, with what must follow that: `select_ARTICLES`.
    fn fits_before(&self, after: &str, then: &str) -> bool {
        let is_after = |known: &'static str| match known.split_once('_') {
            Some((word, next)) => {
                word.eq_ignore_ascii_case(after) && listed(next).any(|next| next.eq_ignore_ascii_case(then))
            }
            None => known.eq_ignore_ascii_case(after),
        };
        self.after.is_empty() || self.after.iter().any(|known| is_after(known))
    }

    fn at(&self, text: &FlatText, start: usize) -> Option<WordSlip> {
        let whole = text.as_str();
        let range = start..start + self.written_at(&whole[start..])?;
        let is_one_of =
            |word: &str, list: &[&str]| list.is_empty() || list.iter().any(|known| known.eq_ignore_ascii_case(word));
        // Few words are between these, and most are ruled out by the one before.
        let before = word_before(&whole[..start]).unwrap_or_default();
        if !is_one_of(before, &self.before) || before.is_empty() && self.before.is_empty() {
            return None;
        }
        let rest = whole[text.line_after(range.end, LONGEST_CONTEXT)].strip_prefix(' ')?;
        let mut words = rest.split(' ').map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        // A single uppercase letter is a name: "its A record".
        let after = words.next().filter(|after| *after != "A")?;
        let is_name = after.starts_with(char::is_uppercase);
        let is_named = match self.name {
            Name::Other => false,
            Name::Follows => is_name,
            Name::Between => is_name && words.next().is_some_and(|next| is_one_of(next, &self.after)),
        };
        // "it's password protected"
        let is_state = || self.wrong.contains('\'') && words.clone().next().is_some_and(|next| next.ends_with("ed"));
        let first = || word_before(&whole[..start.saturating_sub(before.len() + 1)]).unwrap_or_default();
        let then = words.clone().next().unwrap_or_default();
        let fits = (self.fits_before(after, then) || is_named) && !after.is_empty();
        let mut earlier = whole[text.line_before(start, LONGEST_CONTEXT)].trim_end().rsplit(' ').skip(1).take(2);
        let mut is_right = || earlier.any(|word| self.never_after.contains(&word));
        (fits
            && (self.before.contains(&"and") || before != "and")
            && (self.first.is_empty() || is_one_of(first(), &self.first))
            && !is_state()
            && !is_right()
            && word_at(text, range.clone()).is_some())
        .then(|| WordSlip { range, meant: self.meant.to_owned(), is_word: true, article_of: None })
    }
}

/// The word before a space at the end of a text.
fn word_before(text: &str) -> Option<&str> {
    let text = text.strip_suffix(' ')?;
    let start = text
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    Some(&text[start..]).filter(|word| !word.is_empty())
}

/// A letter and an equals sign before the first word of a line: "T=Make a note".
fn leftover(text: &FlatText, at: usize) -> Option<WordSlip> {
    let whole = text.as_str();
    let start = at.checked_sub(1).filter(|start| whole.as_bytes()[*start].is_ascii_alphabetic())?;
    let is_first = start == 0 || whole[..start].ends_with('\n');
    let letters = whole[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &whole[at + 1..at + 1 + letters];
    let is_word = letters > 2
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..].bytes().all(|c| c.is_ascii_lowercase());
    let follows = whole[at + 1 + letters..].starts_with(' ');
    let range = start..at + 1 + letters;
    (is_first && is_word && follows && !text.any_has(range.clone(), Style::CODE)).then(|| WordSlip {
        range,
        meant: word.to_owned(),
        is_word: false,
        article_of: None,
    })
}

/// A word that is one slip inside from one that most guides have.
fn misspelled(text: &FlatText, start: usize) -> Option<WordSlip> {
    let whole = text.as_str();
    let bytes = whole.as_bytes();
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if length < SHORTEST_SLIP {
        return None;
    }
    let word = &whole[start..start + length];
    let range = start..start + length;
    let is_upper = bytes[start].is_ascii_uppercase();
    // "Eselect the menu", where a line begins.
    let is_rest = |known: &&&str| known.len() >= SHORTEST_VERB && **known == &word[1..];
    let rest = VERBS_OF_STEPS.iter().filter(|_| is_upper).find(is_rest);
    if let Some(rest) = rest.filter(|_| is_before_object(text, &range)) {
        let meant = rest[..1].to_uppercase() + &rest[1..];
        let slip = WordSlip { range: range.clone(), meant, is_word: false, article_of: None };
        return word_at(text, range).map(|_| slip);
    }
    // A label of the application may be in another language.
    let is_set = [Style::STRONG, Style::EMPHASIS].into_iter().any(|style| text.all_have(range.clone(), style));
    if is_upper && (is_set || whole[..start].ends_with(['"', '\'', '“', '‘'])) {
        return None;
    }
    let meant = meant_word(word)?;
    word_at(text, range.clone())?;
    Some(WordSlip { range, meant, is_word: false, article_of: None })
}

/// Whether a word begins a line outside headings, and its object follows.
fn is_before_object(text: &FlatText, word: &Range<usize>) -> bool {
    let whole = text.as_str();
    let object = whole[word.end..].strip_prefix(' ').and_then(|rest| rest.split(' ').next());
    let begins = word.start == 0 || whole[..word.start].ends_with('\n');
    begins
        && !text.style_at(word.start).has(Style::HEADING)
        && object.is_some_and(|next| next == "to" || OBJECTS.contains(&next))
}
