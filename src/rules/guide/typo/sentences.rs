//! Marks between and inside sentences: a full stop in the middle of one, a comma between two, a missing hyphen.

use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, Style};
use crate::rule::Page;

/// Words that begin a clause after a full stop.
const CLAUSES: [&str; 5] = ["see", "if", "when", "please", "then"];

/// Shorter words before a full stop may be abbreviations, as these are.
const SHORTEST_SENTENCE_END: usize = 5;
const ABBREVIATIONS: [&str; 4] = ["approx", "config", "param", "params"];

/// Subjects of a sentence, and verbs that show that they are.
pub(super) const SUBJECTS: [&str; 6] = ["it", "these", "they", "this", "we", "you"];
pub(super) const VERBS: [&str; 12] =
    ["are", "begins", "can", "has", "have", "is", "may", "must", "need", "should", "was", "will"];

/// Units of an amount.
const UNITS: [&str; 12] =
    ["bit", "byte", "character", "day", "digit", "hour", "letter", "minute", "month", "second", "week", "year"];

/// Larger numbers are years or those of a standard.
const LARGEST_AMOUNT: u32 = 999;

/// Words after a unit that are not nouns.
const NOT_NOUNS: [&str; 19] = [
    "after", "ago", "and", "are", "before", "each", "for", "from", "into", "once", "per", "the", "then", "until",
    "was", "when", "where", "while", "will",
];

/// Shorter words are prepositions and conjunctions.
const SHORTEST_NOUN: usize = 3;

/// What the name of a thing begins with.
pub(super) const DETERMINERS: [&str; 5] = ["a", "an", "the", "this", "your"];

/// Words before a label that are a part of it, as in `**No** option`.
const OF_LABELS: [&str; 17] = [
    "all", "another", "any", "both", "each", "either", "every", "my", "neither", "no", "one", "our", "some", "that",
    "the", "this", "your",
];

/// Words before the name of a part of an interface that is not the object of a verb.
const PREPOSITIONS: [&str; 7] = ["from", "in", "into", "navigate to", "on", "to", "under"];

/// Words after the name of a part.
const AFTER_PARTS: [&str; 18] = [
    "and", "as", "at", "below", "beside", "for", "from", "in", "into", "next", "of", "on", "or", "then", "to", "under",
    "using", "with",
];

/// Bytes of the longest name of a part, and of what is read before it.
const LONGEST_NAME: usize = 60;

/// Bytes on each side of a mark in which others are looked for.
const LONGEST_LINE: usize = 300;

/// Words that begin a clause or a sentence after a mark.
const NEXT: [&str; 14] =
    ["and", "but", "for", "if", "it", "or", "please", "see", "the", "then", "this", "when", "which", "you"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    split(guide, found);
    spaces(guide, found);
    articles(page, found);
    unhyphenated(guide, found);
}

/// A clause in lowercase after a full stop, or a sentence after a semicolon: "For more information. see the page".
fn split(guide: &Guide, found: &mut Vec<Finding>) {
    let text = &guide.text;
    let first_word = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    for (word, at) in CLAUSES.iter().flat_map(|word| text.starts_of(word).map(move |at| (*word, at))) {
        let Some(before) = text.as_str()[..at].strip_suffix(". ") else { continue };
        let last = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let is_word = last >= SHORTEST_SENTENCE_END && !ABBREVIATIONS.contains(&&before[before.len() - last..])
            // What is bold may be one letter, but the full stop is its own if it is bold, too.
            || at > 2 && text.style_at(at - 3).has(Style::STRONG) && !text.style_at(at - 2).has(Style::STRONG);
        let goes_on = text.as_str()[at..].strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ',']));
        if is_word && goes_on && !text.any_has(at - 2..at, Style::CODE) {
            let place = text.span_of(at - 2..at + word.len());
            let finding = Finding::new(place, format!("full stop before `{word}` in lowercase"));
            found.push(finding.help("use a comma, or begin a sentence"));
        }
    }
    for at in memchr::memmem::find_iter(text.as_str().as_bytes(), "; ") {
        let rest = &text.as_str()[at + 2..text.line_at(at).end];
        let word = first_word(rest);
        let follows = rest[word.len()..].trim_start();
        let is_request = word == "Please" && follows.starts_with(|c: char| c.is_ascii_lowercase());
        // A value of a list is not a sentence.
        let is_sentence = is_request
            || word.starts_with(char::is_uppercase)
                && SUBJECTS.contains(&&*word.to_lowercase())
                && VERBS.contains(&&*first_word(follows));
        let before = &text.as_str()[text.line_at(at).start..at];
        if is_sentence && !before.contains([':', ';']) && !text.any_has(at..at + 1, Style::CODE) {
            let place = text.span_of(at..at + 2 + word.len());
            let finding = Finding::new(place, format!("semicolon before `{word}` in uppercase"));
            found.push(finding.help("use a full stop, or go on in lowercase"));
        }
    }
}

/// No space after a mark, or one before it.
fn spaces(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for at in memchr::memchr2_iter(b',', b'.', text.as_bytes()) {
        let (mark, rest) = (&text[at..=at], &text[at + 1..]);
        let fault = if let Some(word) = glued(&text[..at], mark, rest) {
            (at..at + 1 + word.len(), format!("no space after `{mark}`"), format!("{mark} {word}"))
        } else if at > 0 && is_apart(guide, at) {
            (at - 1..at + 1, format!("space before `{mark}`"), mark.to_owned())
        } else {
            continue;
        };
        let (place, message, meant) = fault;
        let span = guide.text.span_of(place.clone());
        // An image may be between the two.
        if guide.slice(span) == &text[place] && !guide.text.any_has(at..at + 1, Style::CODE) {
            found
                .push(Finding::new(span, message).replace_with(&meant, Applicability::Unsafe).severity(Severity::Info));
        }
    }
}

/// The word that follows a mark without a space, if it begins a clause. A name has a mark between words in uppercase.
fn glued<'a>(before: &str, mark: &str, rest: &'a str) -> Option<&'a str> {
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let is_in_name = before[..before.len() - letters].ends_with(|c: char| c.is_alphanumeric() || "_-./@".contains(c));
    let is_next = NEXT.iter().any(|next| next.eq_ignore_ascii_case(word)) && rest[word.len()..].starts_with(' ');
    let fits = word.starts_with(char::is_uppercase) == (mark == ".");
    (letters > 2 && !is_in_name && is_next && fits).then_some(word)
}

/// Whether a space is before a mark that ends a sentence, or a comma after what is set apart. Other marks that are alone
/// are what the line is about: "a . or a - is kept".
fn is_apart(guide: &Guide, at: usize) -> bool {
    let text = guide.text.as_str();
    let Some(before) = text[..at].strip_suffix(' ') else { return false };
    let rest = &text[at + 1..];
    let follows_word = before.ends_with(|c: char| c.is_alphanumeric() || ")`\"*".contains(c));
    let is_set = before.char_indices().next_back().is_some_and(|(last, _)| {
        let style = guide.text.style_at(last);
        [Style::STRONG, Style::CODE, Style::LINK].into_iter().any(|one| style.has(one))
    });
    let ends = rest.is_empty()
        || rest.starts_with('\n')
        || rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let begins_line = text[guide.text.line_at(at).start..].starts_with(char::is_uppercase);
    let is_mark = if text[at..].starts_with('.') { ends && begins_line } else { is_set && rest.starts_with(' ') };
    let is_alone = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_punctuation());
    let line = guide.text.line_before(at, LONGEST_LINE).start..guide.text.line_after(at, LONGEST_LINE).end;
    follows_word && is_mark && text[line].split(' ').filter(is_alone).count() == 1
}

/// The name of a part of an interface without its article: "Click **Save** button", "Select New App button".
fn articles(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let interface = &page.profile.interface;
    let actions = interface.actions.iter().map(|action| action.to_lowercase());
    let words: Vec<String> = PREPOSITIONS.iter().map(|word| (*word).to_owned()).chain(actions).collect();
    let leads = |start: usize| {
        let before = text[guide.text.line_before(start, LONGEST_NAME)].trim_end().to_lowercase();
        let mut rests = words.iter().filter_map(|word| before.strip_suffix(word.as_str()));
        rests.any(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    for (at, part) in interface.parts.iter().flat_map(|part| guide.text.starts_of(part).map(move |at| (at, part))) {
        let Some(label) = text[..at].strip_suffix(' ').filter(|label| !label.is_empty()) else { continue };
        let end = label.len();
        let last = end - label.chars().next_back().map_or(1, char::len_utf8);
        let style = guide.text.style_at(last);
        let run = guide.text.run_at(last);
        let near = guide.text.line_before(end, LONGEST_NAME);
        let quoted = ["\"\"", "“”"].iter().find_map(|pair| {
            let near = near.start..last;
            Some(near.start + text[near].rfind(pair.strip_suffix(&label[last..])?)?)
        });
        let is_set = (style.has(Style::STRONG) || style.has(Style::CODE)) && run.end < at;
        let plain = || {
            let is_name = |word: &str| {
                word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphanumeric() || c == '-')
            };
            let mut starts = text[near.clone()].match_indices(' ').map(|(space, _)| near.start + space + 1);
            starts.find(|start| text[*start..end].split(' ').all(is_name) && leads(*start))
        };
        // "Select **New link**"
        let set = [Style::STRONG, Style::EMPHASIS, Style::CODE, Style::LINK];
        let is_plain = || set.into_iter().all(|set| !guide.text.any_has(last..at + 1, set));
        let start = quoted.or_else(|| is_set.then_some(run.start)).or_else(|| plain().filter(|_| is_plain()));
        let Some(start) = start.filter(|start| end - start < LONGEST_NAME) else { continue };
        let Some(rest) = text[at..].strip_prefix(part.as_str()) else { continue };
        let next = rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
        let ends = rest.is_empty()
            || rest.starts_with([',', '.', '\n', ')'])
            || next.is_some_and(|next| AFTER_PARTS.contains(&next));
        let (name, label) = (&text[start..at + part.len()], text[start..end].trim_matches(['"', '“', '”']));
        // A name of code in lowercase is that of a type: "a text in `list` field".
        let is_type = style.has(Style::CODE) && !label.starts_with(char::is_uppercase);
        // "Step 3 link"
        let is_numbered = label.rsplit_once(' ').is_some_and(|(_, last)| last.bytes().all(|c| c.is_ascii_digit()));
        let is_own = label.ends_with("'s")
            || is_type
            || is_numbered
            || label.split(' ').next().is_some_and(|word| OF_LABELS.contains(&&*word.to_lowercase()));
        if ends && leads(start) && !is_own && text[..start].ends_with(' ') && is_in_sentence(guide, at) {
            let span = guide.text.span_of(start..at + part.len());
            let message = format!("no article before `{name}`");
            found.push(Finding::new(span, message).help("add `the`").severity(Severity::Info));
        }
    }
}

/// Whether a place is neither in a cell nor in a heading, where articles are left out.
fn is_in_sentence(guide: &Guide, at: usize) -> bool {
    let block = guide.blocks.partition_point(|block| block.text.start as usize <= at).checked_sub(1);
    let is_cell = block.is_some_and(|block| matches!(guide.blocks[block].kind, BlockKind::Cell { .. }));
    !is_cell && !guide.text.style_at(at).has(Style::HEADING)
}

/// An amount before a noun without a hyphen: "a 30 day trial".
fn unhyphenated(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for (at, unit) in UNITS.iter().flat_map(|unit| guide.text.starts_of(unit).map(move |at| (at, *unit))) {
        let Some(before) = text[..at].strip_suffix(' ') else { continue };
        let number = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
        let is_number = number.parse::<u32>().is_ok_and(|number| (2..=LARGEST_AMOUNT).contains(&number));
        // "a free 14 day trial": elsewhere the number may be that of a line, or the nouns are counted, as in "line 4" and
        // "3 character classes".
        let mut words = before[..before.len() - number.len()].trim_end().rsplit([' ', '\n', '(']).take(2);
        let is_measured = words.any(|word| DETERMINERS.contains(&&*word.to_lowercase()));
        let next = text[at..].strip_prefix(unit).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let noun = next.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
        let is_noun = noun.len() >= SHORTEST_NOUN && !noun.ends_with('s') && !NOT_NOUNS.contains(&noun);
        let place = at - 1 - number.len()..at + unit.len();
        if is_number && is_measured && is_noun && !guide.text.any_has(place.clone(), Style::CODE) {
            let span = guide.text.span_of(at - 1..at);
            let whole = guide.text.span_of(place.clone());
            let finding = Finding::new(whole, format!("missing hyphen in `{}`", &text[place])).severity(Severity::Info);
            let fix = Fix::needs_review("add the hyphen", vec![Edit::replace(span, "-")]);
            found.push(finding.help(format!("use `{number}-{unit}`")).fix(fix));
        }
    }
}
