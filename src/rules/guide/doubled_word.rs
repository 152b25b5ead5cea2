//! `guide/doubled-word`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::words::{Word, words};
use crate::guide::{FlatText, Guide, Style};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/doubled-word",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("doubled_word.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// Words that never stand twice in a row, whatever is bold or linked, and of which pairs are doubled too.
const FUNCTION_WORDS: [&str; 32] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "has", "have", "if", "in", "into", "is",
    "it", "its", "not", "of", "on", "or", "so", "the", "then", "this", "to", "when", "will", "with", "your",
];

/// Runs of letters in the longest repetition that is looked for: two words, or some that hyphens join.
const LONGEST_REPEAT: usize = 4;

/// Words that begin the name of a thing: with another word they make a pair that is doubled, not a way of speaking
/// such as "step by step by".
const ARTICLES: [&str; 6] = ["a", "an", "the", "this", "its", "your"];

/// Words that may stand twice.
const MAY_REPEAT: [&str; 8] = ["had", "that", "bye", "very", "no", "yes", "ha", "so"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let text = &page.guide.text;
    let mut end = 0;
    for at in suspects(text) {
        if at >= end {
            let line = text.line_at(at);
            end = line.end;
            let words: Vec<Word<'_>> = words(text, line).collect();
            doubled(page, &words, found);
        }
    }
}

/// Where words begin that may stand there for the second time in a row. In nearly all lines there are none.
fn suspects(text: &FlatText) -> impl Iterator<Item = usize> {
    let words = text.words();
    let repeats = |again: usize, length: usize| {
        let first = again.checked_sub(length).filter(|once| words[*once].hash == words[again].hash);
        first.and_then(|once| words.get(once..again + length)).is_some_and(|both| {
            let (once, again) = both.split_at(length);
            once.iter().zip(again).all(|(one, other)| one.hash == other.hash)
        })
    };
    let repeated = text.repeated_words(LONGEST_REPEAT as u32);
    let starts = repeated.filter(move |again| (1..=LONGEST_REPEAT).any(|length| repeats(*again, length)));
    starts.map(|again| words[again].start as usize)
}

fn doubled(page: &Page<'_>, words: &[Word<'_>], found: &mut Vec<Finding>) {
    let mut at = 0;
    while at < words.len() {
        let Some(length) = [1, 2].into_iter().find(|length| repeats(page.guide, &words[at..], *length)) else {
            at += 1;
            continue;
        };
        let mut end = at + length;
        while repeats(page.guide, &words[end - length..], length) {
            end += length;
        }
        let (first, last) = (words[at + length - 1], words[end - 1]);
        let whole = page.guide.text.span_of(words[at].start..last.range().end);
        let once = page.guide.text.span_of(words[at].start..first.range().end);
        let spare = Span { start: once.end, ..whole };
        let shown = &page.guide.text.as_str()[words[at].start..first.range().end];
        let finding = Finding::new(whole, format!("`{shown}` is doubled")).help("write it once");
        let plain = page.guide.slice(spare).chars().all(|c| c.is_alphabetic() || c.is_whitespace());
        // A heading's id changes with its words, and links may lead there.
        let (title, edits) = ("write it once", vec![Edit::remove(spare)]);
        let changes_id = page.guide.is_in_heading(whole);
        let fix = if changes_id { Fix::needs_review(title, edits) } else { Fix::safe(title, edits) };
        found.push(if plain { finding.fix(fix) } else { finding });
        at = end;
    }
}

/// Whether the first `length` words stand there again right behind.
fn repeats(guide: &Guide, words: &[Word<'_>], length: usize) -> bool {
    let Some((words, behind)) = words.split_at_checked(2 * length) else { return false };
    let (once, again) = words.split_at(length);
    let same = once.iter().zip(again).all(|(one, other)| one.text.eq_ignore_ascii_case(other.text));
    same && words.windows(2).all(|pair| follow(guide, pair[0], pair[1])) && counts(guide, once, again, behind.first())
}

/// Whether one word follows the other with nothing shown between them: no text, Liquid, HTML or image.
fn follow(guide: &Guide, one: Word<'_>, other: Word<'_>) -> bool {
    let shown = &guide.text.as_str()[one.range().end..other.start];
    let source = guide.slice(guide.text.span_of(one.start..other.range().end));
    shown.trim().is_empty() && !source.contains(['{', '<', '!'])
}

fn counts(guide: &Guide, once: &[Word<'_>], again: &[Word<'_>], next: Option<&Word<'_>>) -> bool {
    let function = once.iter().all(|word| is_in(&FUNCTION_WORDS, word));
    if once.len() > 1 {
        return function || has_article(once, next);
    }
    let (first, second) = (once[0], again[0]);
    let style = |word: Word<'_>| guide.text.style_at(word.start).without(Style::LINK);
    let alike = style(first) == style(second);
    // A capital on both may be a name ("Bora Bora"), one on bold text is a label ("the **The** field").
    let name = first.text.starts_with(char::is_uppercase) && second.text.starts_with(char::is_uppercase);
    let surely = function && (alike || first.text == second.text);
    !is_in(&MAY_REPEAT, &first) && (surely || alike && !name)
}

/// Whether a pair that stands twice has an article in it, or is a verb: "to open to open the page".
fn has_article(once: &[Word<'_>], next: Option<&Word<'_>>) -> bool {
    let is_verb = once[0].text.eq_ignore_ascii_case("to") && next.is_some_and(|next| is_in(&ARTICLES, next));
    is_verb || once.iter().any(|word| is_in(&ARTICLES, word))
}

fn is_in(list: &[&str], word: &Word<'_>) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word.text))
}
