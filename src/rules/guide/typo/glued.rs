//! Two little words that are written as one: `ofthe`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::words::word_at;
use crate::guide::{Guide, Style};
use crate::profile::typos;
use crate::rule::Page;
use crate::searchable::{Searchable, WordRuns};

/// Words that go before others in a sentence.
const FIRST: [&str; 38] = [
    "about", "after", "an", "and", "are", "as", "at", "because", "before", "between", "by", "can", "for", "from",
    "has", "have", "if", "in", "into", "is", "of", "on", "or", "so", "than", "that", "then", "through", "to", "until",
    "when", "where", "which", "while", "will", "with", "within", "without",
];

/// Words that begin what follows them. With none of the first ones they make another word.
const SECOND: [&str; 6] = ["if", "that", "the", "these", "this", "your"];

/// Pairs that are words or names all the same.
const WORDS: [&str; 2] = ["asif", "orif"];

/// Words before a name.
const BEFORE_NAMES: [&str; 8] = ["the", "a", "an", "your", "this", "called", "named", "operator"];

/// What is beside a word that stands for an operator or a value.
const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];

/// Each pair as one word, and where its second word begins. The list of typos has some of them.
static GLUED: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let pairs =
        FIRST.iter().flat_map(|first| SECOND.iter().map(move |second| (format!("{first}{second}"), first.len())));
    let is_listed = |glued: &str| typos::find_in(&Searchable::new(glued)).next().is_some();
    pairs.filter(|(glued, _)| !WORDS.contains(&glued.as_str()) && !is_listed(glued)).collect()
});

/// What a page is searched for.
static WRITTEN: LazyLock<WordRuns> =
    LazyLock::new(|| WordRuns::of(&GLUED.iter().map(|(glued, _)| glued).collect::<Vec<_>>()));

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    guide.text.searchable().find(&WRITTEN, |at, which| {
        let (glued, second) = &GLUED[which];
        let range = at..at + glued.len();
        if !guide.text.is_word(at, glued) || !is_of_sentence(guide, &range) {
            return;
        }
        let (span, written) = (guide.text.span_of(range.clone()), &guide.text.as_str()[range]);
        let apart = format!("{} {}", &written[..*second], &written[*second..]);
        let is_plain = guide.slice(span) == written;
        let fix = Fix::needs_review(format!("use `{apart}`"), vec![Edit::replace(span, apart.as_str())]);
        let finding = Finding::new(span, format!("two words written as one: `{written}`"));
        found.push(finding.help(format!("use `{apart}`")).maybe_fix(is_plain.then_some(fix)));
    });
}

/// Whether a word is one of a sentence, with another one after it: no name, label, or word that is quoted.
fn is_of_sentence(guide: &Guide, range: &Range<usize>) -> bool {
    let (text, line) = (guide.text.as_str(), guide.text.line_at(range.start));
    let (before, rest) = (&text[line.start..range.start], &text[range.end..line.end]);
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let is_marked = [Style::LINK, Style::STRONG].iter().any(|style| guide.text.all_have(range.clone(), *style));
    let is_lower = text[range.start + 1..range.end].chars().all(char::is_lowercase);
    let is_name = is_marked || BEFORE_NAMES.contains(&last.as_str()) || before.ends_with(QUOTES);
    goes_on && is_lower && !is_name && word_at(&guide.text, range.clone()).is_some()
}
