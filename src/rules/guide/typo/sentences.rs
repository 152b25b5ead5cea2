//! Marks between and inside sentences: a full stop in the middle of one, a comma between two, a missing hyphen.

use crate::diagnostic::{Applicability, Edit, Finding, Fix, Severity};
use crate::guide::{BlockId, BlockKind, Guide, Style};
use crate::rule::Page;

/// Verbs that begin a step.
const STEPS: [&str; 22] = [
    "Add", "Choose", "Click", "Copy", "Create", "Enter", "Fill", "Find", "Go", "Locate", "Log", "Make", "Navigate",
    "Note", "Open", "Paste", "Press", "Save", "Scroll", "Select", "Set", "Type",
];

/// Words that begin another part of a step.
const GO_ON: [&str; 10] = ["and", "at", "from", "if", "in", "on", "or", "then", "to", "under"];

/// Other words that begin what a comma ends: "Select **Save** and once you are there, ...".
const LEAD_IN: [&str; 12] =
    ["after", "as", "because", "before", "but", "once", "unless", "until", "when", "where", "while", "without"];

/// Words of the label that a step ends with.
const LONGEST_LABEL: usize = 4;

/// Words that begin a clause after a full stop, and a sentence after a semicolon.
const CLAUSES: [&str; 5] = ["see", "if", "when", "please", "then"];
const SENTENCES: [&str; 9] = ["If", "It", "Please", "Then", "There", "These", "This", "When", "You"];

/// Shorter words before a full stop may be abbreviations, as these are.
const SHORTEST_SENTENCE_END: usize = 5;
const ABBREVIATIONS: [&str; 4] = ["approx", "config", "param", "params"];

/// Subjects of a sentence, and verbs that show that they are.
const SUBJECTS: [&str; 4] = ["it", "these", "this", "you"];
const VERBS: [&str; 8] = ["are", "can", "has", "is", "must", "should", "was", "will"];

/// Words of the longest subject.
const LONGEST_SUBJECT: usize = 5;

/// Units of an amount.
const UNITS: [&str; 12] =
    ["bit", "byte", "character", "day", "digit", "hour", "letter", "minute", "month", "second", "week", "year"];

/// Larger numbers are years or those of a standard.
const LARGEST_AMOUNT: u32 = 999;

/// Words after a unit that it does not belong to.
const NOT_OF_UNIT: [&str; 24] = [
    "after", "ago", "and", "are", "before", "each", "for", "from", "into", "long", "mark", "old", "once", "per", "the",
    "then", "until", "was", "when", "where", "while", "will", "with", "within",
];

/// Shorter words are prepositions and conjunctions.
const SHORTEST_NOUN: usize = 3;

/// What a sentence with a passive begins with.
const DETERMINERS: [&str; 5] = ["A", "An", "The", "This", "Your"];

/// Words before the name of a part of an interface that is not the object of a verb.
const PREPOSITIONS: [&str; 6] = ["from", "in", "navigate to", "on", "to", "under"];

/// Words after the name of a part.
const AFTER_PARTS: [&str; 15] =
    ["and", "at", "below", "beside", "for", "from", "in", "into", "next", "of", "on", "or", "then", "to", "under"];

/// Bytes of the longest name of a part, and of what is read before it.
const LONGEST_NAME: usize = 60;

/// Words before a mark that is named: "characters such as . and @".
const BEFORE_MARKS: [&str; 15] =
    ["a", "an", "and", "as", "by", "character", "in", "is", "like", "of", "or", "the", "to", "use", "with"];

/// Words that begin a clause or a sentence after a mark.
const NEXT: [&str; 14] =
    ["and", "but", "for", "if", "it", "or", "please", "see", "the", "then", "this", "when", "which", "you"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    split(guide, found);
    spaces(guide, found);
    articles(page, found);
    for id in (0..guide.blocks.len()).filter(|id| is_text(guide, *id)) {
        joined(guide, id, found);
    }
    unhyphenated(guide, found);
}

/// Whether a block has sentences of its own: the paragraph that an item begins with is the item's.
fn is_text(guide: &Guide, id: BlockId) -> bool {
    let block = &guide.blocks[id];
    let is_item = |id: BlockId| matches!(guide.blocks[id].kind, BlockKind::Item(_));
    let begins = |item: BlockId| is_item(item) && guide.blocks[item].text.start == block.text.start;
    is_item(id) || block.kind == BlockKind::Paragraph && !block.parent().is_some_and(begins)
}

/// A clause in lowercase after a full stop, or a sentence after a semicolon: "For more information. see the page".
fn split(guide: &Guide, found: &mut Vec<Finding>) {
    let text = &guide.text;
    let clauses =
        CLAUSES.iter().map(|word| (*word, ". ", "full stop", "lowercase", "use a comma, or begin a sentence"));
    let sentences =
        SENTENCES.iter().map(|word| (*word, "; ", "semicolon", "uppercase", "use a full stop, or go on in lowercase"));
    for (word, mark, name, case, help) in clauses.chain(sentences) {
        for at in text.starts_of(word) {
            let Some(before) = text.as_str()[..at].strip_suffix(mark) else { continue };
            let last = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
            let is_word = last >= SHORTEST_SENTENCE_END && !ABBREVIATIONS.contains(&&before[before.len() - last..])
                || mark == "; " && last > 1
                || at > 2 && text.style_at(at - 3).has(Style::STRONG);
            let goes_on = text.as_str()[at..].strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ',']));
            if is_word && goes_on && !text.any_has(at - 2..at, Style::CODE) {
                let place = text.span_of(at - 2..at + word.len());
                found.push(Finding::new(place, format!("{name} before `{word}` in {case}")).help(help));
            }
        }
    }
}

/// Two steps or sentences with a comma between them: "Enter the key, click **Next**", "Copy the key, you will need it".
fn joined(guide: &Guide, id: usize, found: &mut Vec<Finding>) {
    let (text, own) = (guide.text.as_str(), guide.own_text(id));
    let is_item = matches!(guide.blocks[id].kind, BlockKind::Item(_));
    for sentence in text[own.clone()].split(['\n', ':']).flat_map(|line| line.split(". ")) {
        let sentence = sentence.trim().trim_end_matches('.');
        let first = sentence.split(' ').next().unwrap_or_default();
        let Some((before, last)) = sentence.rsplit_once(", ") else { continue };
        let is_step = STEPS.contains(&first);
        if !is_step && !DETERMINERS.contains(&first) {
            continue;
        }
        let is_label = |label: &str| !label.contains('.') && label.split(' ').count() <= LONGEST_LABEL;
        let verb = ["click ", "select ", "press "].iter().find(|verb| last.strip_prefix(**verb).is_some_and(is_label));
        // "Open the page, and then on the left, click ..."
        let goes_on = before
            .rsplit_once(", ")
            .is_some_and(|(_, part)| GO_ON.contains(&part.split(' ').next().unwrap_or_default()));
        let is_whole = is_item && !before.contains('.') && sentence.len() + 1 >= text[own.clone()].trim().len();
        // "Note that for each key, you can ...", "Note, you must ..."
        let is_lead_in = |word: &str| word == "that" || GO_ON.contains(&word) || LEAD_IN.contains(&word);
        // "Set correctly, the key will ..."
        let is_plain =
            !before.contains(", ") && before.contains(' ') && first != "Set" && !before.split(' ').any(is_lead_in);
        let verb = verb.map(|verb| verb.trim_end()).filter(|_| is_step && is_whole && !goes_on);
        let (word, what, meant) = if let Some(verb) = verb {
            (verb, "steps", format!(", and {verb}"))
        } else {
            let begins = if is_step { subject(last) } else { imperative(before, last) };
            let Some(word) = begins.filter(|_| is_plain) else { continue };
            (word, "sentences", format!(". {}{}", word[..1].to_uppercase(), &word[1..]))
        };
        let place = before.as_ptr() as usize - text.as_ptr() as usize + before.len();
        let span = guide.text.span_of(place..place + 2 + word.len());
        let finding = Finding::new(span, format!("comma between two {what}, before `{word}`"));
        found.push(finding.replace_with(&meant, Applicability::Unsafe).severity(Severity::Info));
    }
}

/// The word that a sentence begins with: "you will need it", "leaving it out will do no harm".
fn subject(sentence: &str) -> Option<&str> {
    let words: Vec<&str> = sentence.split(' ').take(LONGEST_SUBJECT + 1).collect();
    let (first, rest) = words.split_first()?;
    let is_subject = SUBJECTS.contains(first) && rest.first().is_some_and(|verb| VERBS.contains(verb));
    let is_gerund = first.ends_with("ing") && first.bytes().all(|c| c.is_ascii_lowercase());
    let begins = is_gerund || DETERMINERS.iter().any(|word| word.to_lowercase() == **first);
    let verb = rest.iter().position(|word| *word == "will").filter(|at| *at > 0 && rest[at - 1] != "that");
    (is_subject || begins && verb.is_some()).then_some(first)
}

/// The verb that a sentence begins with, after one in the passive: "The key will be shown, copy it".
fn imperative<'a>(before: &str, sentence: &'a str) -> Option<&'a str> {
    let is_passive = before.rsplit_once(" will be ").is_some_and(|(_, verb)| !verb.contains(' '));
    let first = sentence.split(' ').next()?;
    let is_verb = STEPS.iter().any(|step| step.to_lowercase() == first);
    (is_passive && is_verb).then_some(first)
}

/// A space before a mark, or none after it.
fn spaces(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for at in memchr::memchr2_iter(b',', b'.', text.as_bytes()) {
        let (mark, rest) = (&text[at..=at], &text[at + 1..]);
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let letters = text[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
        let is_next = NEXT.iter().any(|next| next.eq_ignore_ascii_case(word)) && rest[word.len()..].starts_with(' ');
        let is_glued = letters > 2 && is_next && word.starts_with(char::is_uppercase) == (mark == ".");
        let before = text[..at].strip_suffix(' ').unwrap_or_default();
        let is_apart = before.len() > 2
            && before.ends_with(|c: char| c.is_alphanumeric() || ")`\"*".contains(c))
            && before.chars().rev().nth(1) != Some(' ')
            && !before.rsplit([' ', '\n']).next().is_some_and(|word| BEFORE_MARKS.contains(&word))
            && (rest.is_empty() || rest.starts_with([' ', '\n']));
        let place = if is_glued { at..at + 1 + word.len() } else { at.saturating_sub(1)..at + 1 };
        let span = guide.text.span_of(place.clone());
        // An image may be between the two.
        if !(is_glued || is_apart)
            || guide.slice(span) != &text[place.clone()]
            || guide.text.any_has(at..at + 1, Style::CODE)
        {
            continue;
        }
        let (message, meant) = if is_glued {
            (format!("no space after `{mark}`"), format!("{mark} {word}"))
        } else {
            (format!("space before `{mark}`"), mark.to_owned())
        };
        found.push(Finding::new(span, message).replace_with(&meant, Applicability::Unsafe).severity(Severity::Info));
    }
}

/// The name of a part of an interface without its article: "Click **Save** button".
fn articles(page: &Page<'_>, found: &mut Vec<Finding>) {
    let (guide, text) = (page.guide, page.guide.text.as_str());
    let interface = &page.profile.interface;
    for (at, part) in interface.parts.iter().flat_map(|part| guide.text.starts_of(part).map(move |at| (at, part))) {
        let Some(label) = text[..at].strip_suffix(' ').filter(|label| !label.is_empty()) else { continue };
        let end = label.len();
        let last = end - label.chars().next_back().map_or(1, char::len_utf8);
        let style = guide.text.style_at(last);
        let run = guide.text.run_at(last);
        let quoted = ["\"\"", "“”"].iter().find_map(|pair| {
            let near = guide.text.line_before(last, LONGEST_NAME);
            Some(near.start + text[near].rfind(pair.strip_suffix(&label[last..])?)?)
        });
        let is_set = (style.has(Style::STRONG) || style.has(Style::CODE)) && run.end < at;
        let start = quoted.or_else(|| is_set.then_some(run.start));
        let Some(start) = start.filter(|start| end - start < LONGEST_NAME) else { continue };
        let rest = text[at..].strip_prefix(part.as_str()).unwrap_or("s");
        let next =
            rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next()).unwrap_or(rest);
        let ends = rest.is_empty() || rest.starts_with([',', '.', '\n', ')']) || AFTER_PARTS.contains(&next);
        let before = text[guide.text.line_before(start, LONGEST_NAME)].trim_end().to_lowercase();
        let words = PREPOSITIONS.iter().copied().chain(interface.actions.iter().map(String::as_str));
        let mut words = words.map(str::to_lowercase);
        let leads = words
            .any(|word| before.strip_suffix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')));
        if ends && leads && text[..start].ends_with(' ') {
            let span = guide.text.span_of(start..at + part.len());
            let message = format!("no article before the name of a {part}: `{}`", &text[start..at + part.len()]);
            found.push(Finding::new(span, message).help("add `the`").severity(Severity::Info));
        }
    }
}

/// An amount before a noun without a hyphen: "a 30 day trial".
fn unhyphenated(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for (at, unit) in UNITS.iter().flat_map(|unit| guide.text.starts_of(unit).map(move |at| (at, *unit))) {
        let Some(before) = text[..at].strip_suffix(' ') else { continue };
        let number = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
        let is_number = number.parse::<u32>().is_ok_and(|number| (2..=LARGEST_AMOUNT).contains(&number));
        // "ISO 86 week", "Line 4 character"
        let name = before[..before.len() - number.len()].trim_end().rsplit([' ', '\n']).next().unwrap_or_default();
        let is_named = name.starts_with(char::is_uppercase) && !DETERMINERS.contains(&name);
        let next = text[at..].strip_prefix(unit).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let noun = next.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
        let is_noun = noun.len() >= SHORTEST_NOUN && !NOT_OF_UNIT.contains(&noun);
        let place = at - 1 - number.len()..at + unit.len();
        if is_number && !is_named && is_noun && !guide.text.any_has(place.clone(), Style::CODE) {
            let span = guide.text.span_of(at - 1..at);
            let whole = guide.text.span_of(place.clone());
            let finding = Finding::new(whole, format!("missing hyphen in `{}`", &text[place])).severity(Severity::Info);
            let fix = Fix::needs_review("add the hyphen", vec![Edit::replace(span, "-")]);
            found.push(finding.help(format!("use `{number}-{unit}`")).fix(fix));
        }
    }
}
