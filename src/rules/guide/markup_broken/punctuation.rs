//! Marks of punctuation of which one is extra, or another one was meant.

use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::dialect::Dialect;
use crate::guide::{BlockKind, Guide, Style};

/// Pairs of marks of which one is extra.
const DOUBLED: [&str; 13] = ["..", ".,", ".:", ",,", ",.", ",;", ",:", ";;", ";,", ";.", ";:", ":,", ":;"];

/// Words that statements of SQL begin with.
const SQL: [&str; 10] = ["ALTER", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "SELECT", "SET", "UPDATE", "USE"];

/// Shorter words before a full stop may be abbreviations.
const SHORTEST_WORD: usize = 6;

/// Shorter words before a full stop that are common in guides and no abbreviations.
const SHORT_WORDS: [&str; 25] = [
    "key", "keys", "page", "name", "names", "value", "user", "users", "token", "below", "above", "here", "code",
    "link", "list", "icon", "menu", "table", "scope", "files", "again", "needed", "method", "click", "save",
];

/// Shorter words before an apostrophe lack letters: "ol'", "tho'".
const SHORTEST_QUOTED: usize = 5;

/// Fewer words are a salutation, a signature, or a label.
const FEWEST_WORDS: usize = 6;

/// Bytes of a line that are read before a mark.
const LONGEST_LINE: usize = 300;

/// Words of the salutation and the end of a letter.
const OF_LETTERS: [&str; 11] =
    ["cheers", "dear", "greetings", "hello", "hey", "hi", "regards", "sincerely", "thanks", "whom", "wishes"];

/// What the first and last line of a key begin and end with.
const MARKS_OF_KEYS: &str = "-----";

pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    doubled(guide, found);
    quotation_marks(guide, found);
    dashes(guide, found);
    commas(guide, found);
    unpaired(guide, found);
}

/// Whether the text before a comma at the end is that of a letter, or the last part of a list.
fn is_of_letter_or_list(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_part = text.strip_suffix(last).is_some_and(|before| before.ends_with(", "));
    is_part
        || last.ends_with(|c: char| c.is_ascii_digit())
        || text.split([' ', ',']).any(|word| OF_LETTERS.contains(&&*word.to_lowercase()))
}

/// A comma at the end of a paragraph before a heading, or before another paragraph that begins a sentence.
fn commas(guide: &Guide, found: &mut Vec<Finding>) {
    let is_sentence = |text: &str| text.split(' ').nth(FEWEST_WORDS - 1).is_some();
    for pair in guide.blocks.windows(2).filter(|pair| pair[0].kind == BlockKind::Paragraph) {
        let [block, next] = pair else { continue };
        let Some(own) = guide.text_in(&block.text).trim_end().strip_suffix(',') else { continue };
        let (at, start) = (block.text.start as usize + own.len(), next.text.start as usize);
        let set = [Style::CODE, Style::STRONG];
        let is_plain = |at: usize| !set.iter().any(|style| guide.text.any_has(at..at + 1, *style));
        let begins = match next.kind {
            BlockKind::Heading(_) => true,
            BlockKind::Paragraph => {
                let rest = guide.text_in(&next.text);
                rest.starts_with(char::is_uppercase) && is_sentence(rest) && is_plain(start)
            }
            _ => false,
        };
        if begins
            && block.parent() == next.parent()
            && is_sentence(own)
            && is_plain(at)
            && !is_of_letter_or_list(own)
            && is_next(guide, at + 1, start)
        {
            let finding = Finding::new(guide.text.span_of(at..at + 1), "comma at the end of a paragraph");
            let finding = finding.severity(Severity::Info);
            found.push(finding.help("end the sentence with a full stop, or join it with the text after it"));
        }
    }
}

/// Whether neither a tag nor Liquid is between two places.
fn is_next(guide: &Guide, end: usize, start: usize) -> bool {
    let (end, start) =
        (guide.text.span_of(end - 1..end).range().end, guide.text.span_of(start..start + 1).range().start);
    let between = guide.source.text().get(end..start);
    between.is_some_and(|between| between.chars().all(|c| c.is_whitespace() || "#>[".contains(c)))
}

/// A quotation mark that is doubled and closed once, and an opening one at the end of what is quoted.
fn quotation_marks(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for at in memchr::memmem::find_iter(text.as_bytes(), "\"\"") {
        let line = &text[guide.text.line_before(at, LONGEST_LINE).start..guide.text.line_after(at, LONGEST_LINE).end];
        let is_at_word =
            text[at + 2..].starts_with(char::is_alphanumeric) || text[..at].ends_with(char::is_alphanumeric);
        if is_at_word && line.matches('"').count() == 3 && guide.shows(&(at..at + 2), "\"\"") {
            let place = guide.text.span_of(at..at + 2);
            found.push(Finding::new(place, "duplicate quotation mark").replace_with("\"", Applicability::Unsafe));
        }
    }
    // In German the mark closes what `„` opens.
    let mut opened = None;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '„' | '\n')) {
        let end = at + mark.len_utf8();
        let follows = !text[..at].ends_with([' ', '\n', '(']) && !text[end..].starts_with(char::is_alphanumeric);
        if mark == '“' && opened == Some('“') && follows && guide.shows(&(at..end), "“") {
            let place = guide.text.span_of(at..end);
            found.push(
                Finding::new(place, "opening quotation mark at the end of a quotation")
                    .replace_with("”", Applicability::Unsafe),
            );
            opened = None;
        } else {
            opened = Some(mark);
        }
    }
}

/// The only quotation mark of a page that has no partner in its line: "the secret' for the app", "the 'API key of".
fn unpaired(guide: &Guide, found: &mut Vec<Finding>) {
    if !guide.text.may_be_english() {
        return;
    }
    let text = guide.text.as_str();
    let is_in_word =
        |at: usize| text[..at].ends_with(char::is_alphanumeric) && text[at + 1..].starts_with(char::is_alphanumeric);
    let is_quote = |at: &usize| !is_in_word(*at) && !guide.text.any_has(*at..*at + 1, Style::CODE);
    for (mark, curly) in [("\"", ['“', '”']), ("'", ['‘', '’'])] {
        let mut alone = text.split('\n').filter_map(|line| {
            let base = line.as_ptr() as usize - text.as_ptr() as usize;
            let marks = memchr::memchr_iter(mark.as_bytes()[0], line.as_bytes());
            let mut marks = marks.map(|at| base + at).filter(is_quote);
            marks.next().filter(|_| marks.next().is_none() && !line.contains(curly))
        });
        // A quotation may go on in other lines.
        let (Some(at), None) = (alone.next(), alone.next()) else { continue };
        let (before, after) = (&text[..at], &text[at + 1..]);
        let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
        // An apostrophe is after the `s` of a plural, or in the place of a letter: "goin'".
        let word = &before[before.len() - letters..];
        let is_word = letters >= SHORTEST_QUOTED && !word.ends_with(['s', 'x', 'z']) && !word.ends_with("in");
        let closes = is_word && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        // "'Tis" lacks a letter.
        let opens = mark == "\"" && before.ends_with(' ') && after.starts_with(char::is_uppercase);
        if (opens || closes) && guide.shows(&(at..at + 1), mark) {
            let place = guide.text.span_of(at..at + 1);
            let finding = Finding::new(place, format!("quotation mark `{mark}` without its partner"));
            found.push(finding.help("add the other mark, or remove this one"));
        }
    }
}

/// The hyphens of the lines around a key, which are published as dashes.
fn dashes(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
    let mut line = usize::MAX;
    for at in memchr::memmem::find_iter(text.as_bytes(), MARKS_OF_KEYS) {
        let end = at + MARKS_OF_KEYS.len();
        let touches = is_letter(text[..at].chars().next_back()) || is_letter(text[end..].chars().next());
        let start = guide.text.line_at(at).start;
        let is_made = guide.dialect == Dialect::Kramdown && guide.shows(&(at..end), MARKS_OF_KEYS);
        if touches && start != line && is_made {
            line = start;
            let place = guide.text.span_of(at..end);
            found
                .push(Finding::new(place, "`-----` published as dashes").help("use a code span for the whole literal"));
        }
    }
}

/// Two marks of punctuation where a sentence or a part of it ends.
fn doubled(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let bytes = text.as_bytes();
    let is_mark = |byte: u8| matches!(byte, b'.' | b',' | b';' | b':');
    for at in (1..bytes.len()).filter(|at| is_mark(bytes[*at]) && bytes.get(at + 1).is_some_and(|next| is_mark(*next)))
    {
        let Some(pair) = text.get(at..at + 2).filter(|pair| DOUBLED.contains(pair)) else { continue };
        let ends = text[at + 2..].chars().next().is_none_or(char::is_whitespace);
        let is_alone = bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b')' | b']' | b'"' | b'%');
        let is_shown = || guide.shows(&(at..at + 1), &pair[..1]) && guide.shows(&(at + 1..at + 2), &pair[1..]);
        if ends
            && is_alone
            && is_end(guide, at)
            && is_shown()
            && !is_punctuation(&text[guide.text.line_before(at, LONGEST_LINE)], pair)
        {
            let place = guide.text.span_of(at..at + 2);
            let finding = Finding::new(place, format!("duplicate punctuation `{pair}`"));
            // A full stop ends no sentence that goes on.
            let goes_on = text[at + 2..].trim_start_matches(' ').starts_with(char::is_lowercase);
            let is_same = pair[..1] == pair[1..] && pair != "..";
            let kept = pair.chars().find(|mark| (*mark == '.') != goes_on || is_same);
            // Of other pairs, and of marks on both sides of the end of bold text, either may be meant.
            let is_certain = guide.slice(place) == pair && (is_same || !pair.contains(':'));
            let fix = kept.filter(|_| is_certain);
            let fix = fix.map(|kept| Fix::needs_review(format!("use `{kept}`"), vec![Edit::replace(place, kept)]));
            found.push(finding.help("remove one of the marks").maybe_fix(fix));
        }
    }
}

/// Whether the first of two marks ends what is before it, and is not of its name: "e.g.,", "**Name:**,", "C:.", "acme:,".
fn is_end(guide: &Guide, at: usize) -> bool {
    let text = guide.text.as_str();
    let pair = &text[at..at + 2];
    let word = text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let is_alike = guide.text.style_at(at) == guide.text.style_at(at + 1);
    let rest = guide.text.line_after(at + 2, LONGEST_LINE);
    let is_last = text[rest].trim().is_empty() && !text[..at - word].ends_with('\n');
    // "a name that begins with acme:."
    let is_named = || ["with ", "in ", "or ", "and "].iter().any(|before| text[..at - word].ends_with(before));
    let is_sentence = || is_last && word < at && is_no_abbreviation(&text[at - word..at]) && !is_named();
    match pair {
        ".." => is_alike || is_no_abbreviation(&text[at - word..at].to_lowercase()),
        ",," | ",." | ",;" | ",:" | ";;" | ";," | ";." | ";:" => is_alike,
        ":," | ":;" => is_alike && is_sentence(),
        _ => is_no_abbreviation(&text[at - word..at]),
    }
}

/// Whether a pair of marks is that of a range (`0..`), or ends a statement of SQL; `before` is the line before it.
fn is_punctuation(before: &str, pair: &str) -> bool {
    pair == ".." && before.ends_with(|c: char| c.is_ascii_digit())
        || pair.starts_with(';') && before.split(' ').any(|word| SQL.contains(&word))
}

/// Whether a word before a full stop is a word of a sentence.
fn is_no_abbreviation(word: &str) -> bool {
    word.bytes().all(|c| c.is_ascii_lowercase()) && (word.len() >= SHORTEST_WORD || SHORT_WORDS.contains(&word))
}
