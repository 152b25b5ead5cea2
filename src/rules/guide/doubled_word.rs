//! `guide/doubled-word`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::words::{Word, word_at, words};
use crate::guide::{FlatText, Guide, Style};
use crate::rule::{Mark, Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/doubled-word", include_str!("doubled_word.md"), check)
    .warning()
    .safe_fix()
    .marked(&[Mark::Component, Mark::English]);

/// Words that never are twice in a row, whatever is bold or linked, and of which pairs are doubled too.
const FUNCTION_WORDS: [&str; 32] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "has", "have", "if", "in", "into", "is",
    "it", "its", "not", "of", "on", "or", "so", "the", "then", "this", "to", "when", "will", "with", "your",
];

/// Those that may be twice in a row all the same, as a part of a verb and before a noun: "sign in in the same window",
/// "what it is is a key".
const MAY_MEET: [&str; 17] =
    ["are", "as", "at", "be", "by", "can", "for", "from", "has", "have", "in", "is", "on", "to", "will", "with", "so"];

/// Runs of letters in the longest repetition that is looked for: two words, or some that hyphens join.
const LONGEST_REPEAT: usize = 4;

/// Words that begin the name of a thing: with another word they make a pair that is doubled, not a way of speaking
/// such as "step by step by".
const ARTICLES: [&str; 6] = ["a", "an", "the", "this", "its", "your"];

/// Words of which one alone begins a noun phrase.
const DETERMINERS: [&str; 8] = ["the", "a", "an", "your", "our", "my", "their", "another"];

/// Words that end a verb, after which the first of two articles may be a slip of `to`: "sign in the the account".
const PARTICLES: [&str; 6] = ["in", "on", "over", "back", "out", "up"];

/// Verbs at the end of a clause that a colon ends.
const VERBS_BEFORE_COLON: [&str; 2] = [" is", " are"];

/// Bytes of the longest clause that is compared with the one before it.
const LONGEST_CLAUSE: usize = 80;

/// Words of the longest title that is looked at.
const MOST_IN_TITLE: usize = 24;

/// Bytes before a word that are looked at for marks of code.
const NEAR: usize = 300;

/// Words that may be twice.
const MAY_REPEAT: [&str; 13] =
    ["had", "that", "bye", "very", "many", "long", "far", "no", "yes", "ha", "so", "hip", "etc"];

/// Words that may end a verb and begin what follows: "set up up to five", "hand over over time".
const PARTICLES_OF_VERBS: [&str; 5] = ["down", "off", "out", "over", "up"];

/// Marks beside a word that make it a part of a path, a name or an expression.
const OF_NAMES: [char; 10] = ['/', '\\', '@', '_', '=', '`', '$', '~', '#', ':'];

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
    two_determiners(page, found);
    begun_twice(page.guide, found);
    in_title(page, found);
}

/// A word twice in the title, which the text does not have so.
fn in_title(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(title) = page.guide.front_matter("title") else { return };
    let words: Vec<&str> = title.as_str().unwrap_or_default().split_whitespace().take(MOST_IN_TITLE).collect();
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let is_in_text = |word: &str| {
        let again = format!("{word} {word}");
        page.guide.text.starts_of(word).any(|at| page.guide.text.as_str()[at..].starts_with(&again))
    };
    let doubled = words.windows(2).find(|pair| pair[0] == pair[1] && is_word(pair[0]) && !is_in_text(pair[0]));
    let permalink = page.contract.permalink.as_ref().map_or("", |permalink| permalink.value.as_str()).to_lowercase();
    let is_named = |word: &str| permalink.contains(&format!("{0}-{0}", word.to_lowercase()));
    if let Some([word, ..]) = doubled.filter(|pair| !is_named(pair[0])) {
        let message = format!("duplicate word `{word}` in the title");
        found.push(Finding::new(title.span, message).help("remove one of the two"));
    }
}

/// A clause that begins again before the colon that ends it: "The URL that you need is: The URL is: ...".
fn begun_twice(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let ends = |clause: &str| VERBS_BEFORE_COLON.iter().any(|verb| clause.ends_with(verb));
    for colon in memchr::memmem::find_iter(text.as_bytes(), ": ").filter(|at| ends(&text[..*at])) {
        let start = colon + 2;
        let rest = &text[guide.text.line_after(start, LONGEST_CLAUSE)];
        let Some(end) = rest.find(|c: char| c.is_ascii_punctuation()).filter(|end| rest[*end..].starts_with(':'))
        else {
            continue;
        };
        let first = rest.split(' ').next().unwrap_or_default();
        let place = start..start + end + 1;
        let is_determiner = first.starts_with(char::is_uppercase) && DETERMINERS.contains(&&*first.to_lowercase());
        if is_determiner && ends(&rest[..end]) && !guide.text.any_has(colon..place.end, Style::CODE) {
            let message = format!("clause begun twice: `{}`", &text[place.clone()]);
            found.push(Finding::new(guide.text.span_of(place), message).help("remove one of the two"));
        }
    }
}

/// An article or possessive right after another one. `this` is left out: "to do this a key is needed".
fn two_determiners(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    // "one after another the steps run"
    let is_determiner = |word: &str| word != "another" && DETERMINERS.iter().any(|one| one.eq_ignore_ascii_case(word));
    // Most words end otherwise than a determiner.
    let may_end_one = |at: usize| {
        let last = at.checked_sub(1).map(|at| text.as_bytes()[at].to_ascii_lowercase());
        DETERMINERS.iter().any(|word| word.as_bytes().last().copied() == last)
    };
    for second in DETERMINERS.iter().flat_map(|word| guide.text.starts_of(word)) {
        if !text[..second].ends_with(' ') || !may_end_one(second - 1) {
            continue;
        }
        // What is written with an uppercase letter is a name: "the A plan".
        let length = text[second..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let second = second..second + length;
        if !DETERMINERS.contains(&&text[second.clone()]) {
            continue;
        }
        let before = text[..second.start].strip_suffix(' ').unwrap_or_default();
        let length = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let first = before.len() - length..before.len();
        if !is_determiner(&text[first.clone()])
            || text[first.clone()].eq_ignore_ascii_case(&text[second.clone()])
            || is_name_inside(text, &first)
        {
            continue;
        }
        let ((Some(one), Some(other)), true) =
            ((word_at(&guide.text, first), word_at(&guide.text, second.clone())), text[second.end..].starts_with(' '))
        else {
            continue;
        };
        let alike = guide.text.style_at(one.start) == guide.text.style_at(other.start);
        if alike && follow(guide, one, other) {
            let place = guide.text.span_of(one.start..other.range().end);
            let message = format!("two determiners: `{} {}`", one.text, other.text);
            found.push(Finding::new(place, message).help("remove one of the two"));
        }
    }
}

/// Whether a word with an uppercase letter begins no sentence: "plan A the first time".
fn is_name_inside(text: &str, word: &std::ops::Range<usize>) -> bool {
    let before = text[..word.start].trim_end_matches([' ', '"', '(', '*', '\u{201c}', '\u{2018}', '\'']);
    let begins = before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':']);
    text[word.clone()].starts_with(char::is_uppercase) && !begins
}

/// Where words begin that may be repeated. Nearly all lines have none.
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
        let Some(length) = [1, 2].into_iter().find(|length| repeats(page, &words[at..], *length)) else {
            at += 1;
            continue;
        };
        let mut end = at + length;
        while repeats(page, &words[end - length..], length) {
            end += length;
        }
        let (first, last) = (words[at + length - 1], words[end - 1]);
        let whole = page.guide.text.span_of(words[at].start..last.range().end);
        let once = page.guide.text.span_of(words[at].start..first.range().end);
        let spare = Span { start: once.end, ..whole };
        let shown = &page.guide.text.as_str()[words[at].start..first.range().end];
        let finding = Finding::new(whole, format!("duplicate word `{shown}`"));
        if length == 1 && signs_in(&words[..at]) && is_in(&ARTICLES, &first) {
            let edits = vec![Edit::replace(once, "to")];
            found.push(finding.help("use `to` for the first one").fix(Fix::needs_review("use `to`", edits)));
            at = end;
            continue;
        }
        let finding = finding.help("remove one of the two");
        let plain = page.guide.slice(spare).chars().all(|c| c.is_alphabetic() || c.is_whitespace());
        // A heading's id changes with its words, and links may lead there.
        let (title, edits) = ("remove one of the two", vec![Edit::remove(spare)]);
        let changes_id = page.guide.is_in_heading(whole);
        // Between two names a mark may be missing: "With Acme Acme files are shared".
        let may_be_two = is_known_name(page, &words[at..at + length]);
        let differs = differs_in_case(page.guide, &words[at..end], length);
        let function = words[at..at + length].iter().all(|word| is_in(&FUNCTION_WORDS, word));
        let may_meet = length == 1 && is_in(&MAY_MEET, &words[at]);
        // On the next line something else may begin.
        let is_parted = !function && page.guide.slice(spare).contains('\n');
        let after_particle = at > 0 && is_in(&PARTICLES, &words[at - 1]) && is_in(&ARTICLES, &words[at]);
        let needs_review = changes_id || may_be_two || differs || may_meet || is_parted || after_particle;
        let fix = Fix::safe_if(!needs_review, title, edits);
        found.push(finding.maybe_fix(plain.then_some(fix)));
        at = end;
    }
}

/// Whether words end with a verb that an account or a site follows with `to`: "log in", "signed in".
fn signs_in(words: &[Word<'_>]) -> bool {
    let [before @ .., verb, particle] = words else { return false };
    // "Once you are logged in the the page opens"
    if before.last().is_some_and(|before| is_in(&["are", "is", "be", "been", "you're"], before)) {
        return false;
    }
    let verb = verb.text.to_ascii_lowercase();
    let is_verb = ["log", "sign"]
        .iter()
        .any(|stem| verb.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "s" | "ed" | "ged" | "ing" | "ging")));
    is_verb && is_in(&["in", "on"], particle)
}

/// Whether repeated words differ in their letters' case where no sentence begins: they may be two things, as in "And and
/// Or", or as one, as in "object Object".
fn differs_in_case(guide: &Guide, words: &[Word<'_>], length: usize) -> bool {
    let before = guide.text.as_str()[..words[0].start].trim_end_matches([' ', '"', '(', '*']);
    let begins = before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':']);
    let same = |(one, other): (&Word<'_>, &Word<'_>)| one.text == other.text;
    !begins && !words.iter().zip(&words[length..]).all(same)
}

/// Whether the first `length` words are there again right after.
fn repeats(page: &Page<'_>, words: &[Word<'_>], length: usize) -> bool {
    let guide = page.guide;
    let Some((words, following)) = words.split_at_checked(2 * length) else { return false };
    let (once, again) = words.split_at(length);
    let same = once.iter().zip(again).all(|(one, other)| one.text.eq_ignore_ascii_case(other.text));
    same && words.windows(2).all(|pair| follow(guide, pair[0], pair[1]))
        && !once.iter().zip(again).any(|(one, other)| are_two(guide, *one, *other))
        && !is_in_expression(guide, words)
        && counts(page, once, again, following.first())
}

/// Whether words that differ in their letters' case mean two things: an operator, as in "AND and", or a name, as in "the
/// [The Acme Network]".
fn are_two(guide: &Guide, one: Word<'_>, other: Word<'_>) -> bool {
    let is_upper = |word: Word<'_>| word.text.len() > 1 && word.text.chars().all(char::is_uppercase);
    let begins = |word: Word<'_>| word.text.starts_with(char::is_uppercase);
    let rest = &guide.text.as_str()[other.range().end..];
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    is_upper(one) != is_upper(other) || !begins(one) && begins(other) && goes_on
}

/// Whether repeated words are a part of code that is not set as such, all of a quotation, the name of a key, or the head
/// of a container (`::: tip Tip`); or whether the second one begins a sentence on a line of its own.
fn is_in_expression(guide: &Guide, words: &[Word<'_>]) -> bool {
    let text = guide.text.as_str();
    let (first, last) = (words[0], words[words.len() - 1]);
    let line = &text[guide.text.line_before(first.start, NEAR)];
    let source = guide.slice(guide.text.span_of(first.start..last.range().end));
    let breaks = source.contains('\n') && words.iter().skip(1).any(|word| word.text.starts_with(char::is_uppercase));
    let is_key = source.contains('\n') && text[last.range().end..].starts_with(':');
    line.ends_with(OF_NAMES)
        || text[last.range().end..].starts_with(['/', '\\', '@', '_', '=', '`', '$'])
        || line.matches('`').count() % 2 == 1
        || line.starts_with(":::")
        || breaks
        || is_key
        || line.ends_with(['"', '\u{201c}']) && text[last.range().end..].starts_with(['"', '\u{201d}'])
}

/// Whether one word follows the other with nothing shown between them: no text, Liquid, HTML or image.
fn follow(guide: &Guide, one: Word<'_>, other: Word<'_>) -> bool {
    let shown = &guide.text.as_str()[one.range().end..other.start];
    let source = guide.slice(guide.text.span_of(one.start..other.range().end));
    shown.trim().is_empty() && !source.contains(['{', '<', '!'])
}

fn counts(page: &Page<'_>, once: &[Word<'_>], again: &[Word<'_>], next: Option<&Word<'_>>) -> bool {
    let guide = page.guide;
    let function = once.iter().all(|word| is_in(&FUNCTION_WORDS, word));
    if once.len() > 1 {
        return function || has_article(once, next) || is_known_name(page, once) && alike(guide, once, again);
    }
    let (first, second) = (once[0], again[0]);
    let alike = alike(guide, once, again);
    // A uppercase letter on both may be a name ("Bora Bora"), one on bold text is a label ("the **The** field").
    let name = first.text.starts_with(char::is_uppercase) && second.text.starts_with(char::is_uppercase);
    let surely = function && (alike || first.text == second.text);
    !is_in(&MAY_REPEAT, &first)
        && !is_in(&PARTICLES_OF_VERBS, &first)
        && (surely || alike && (!name || is_known_name(page, once)))
}

/// Whether words are set as the same words after them are.
fn alike(guide: &Guide, once: &[Word<'_>], again: &[Word<'_>]) -> bool {
    let style = |word: &Word<'_>| guide.text.style_at(word.start).without(Style::LINK);
    once.iter().zip(again).all(|(one, other)| style(one) == style(other))
}

/// Whether words are all of the connector's name, of a product's or of the platform's.
fn is_known_name(page: &Page<'_>, words: &[Word<'_>]) -> bool {
    let own = page.contract.connector.as_ref().map(|connector| connector.value.as_str());
    let products = page.profile.product_names.as_slice().iter().map(String::as_str);
    let mut names = own.into_iter().chain([page.profile.name.as_str()]).chain(products);
    names.any(|name| name.split(' ').eq(words.iter().map(|word| word.text)))
}

/// Whether a pair that is twice has an article in it, or is a verb: "to open to open the page".
fn has_article(once: &[Word<'_>], next: Option<&Word<'_>>) -> bool {
    let is_verb = once[0].text.eq_ignore_ascii_case("to") && next.is_some_and(|next| is_in(&ARTICLES, next));
    is_verb || once.iter().any(|word| is_in(&ARTICLES, word))
}

fn is_in(list: &[&str], word: &Word<'_>) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word.text))
}
