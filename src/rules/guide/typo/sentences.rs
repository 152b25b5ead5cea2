//! Marks between and inside sentences: a full stop in the middle of one, a comma between two, a missing hyphen.

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, Style};

/// Verbs that begin a step.
const STEPS: [&str; 18] = [
    "Add", "Choose", "Click", "Copy", "Create", "Enter", "Fill", "Go", "Log", "Navigate", "Open", "Paste", "Press",
    "Save", "Scroll", "Select", "Set", "Type",
];

/// Words that begin another part of a step.
const GO_ON: [&str; 10] = ["and", "at", "from", "if", "in", "on", "or", "then", "to", "under"];

/// Words of the label that a step ends with.
const LONGEST_LABEL: usize = 4;

/// Words that begin a clause after a full stop, and a sentence after a semicolon.
const CLAUSES: [&str; 5] = ["see", "if", "when", "please", "then"];
const SENTENCES: [&str; 9] = ["If", "It", "Please", "Then", "There", "These", "This", "When", "You"];

/// Shorter words before a full stop may be abbreviations.
const SHORTEST_SENTENCE_END: usize = 5;

/// Subjects of a sentence, and verbs that show that they are.
const SUBJECTS: [&str; 4] = ["it", "these", "this", "you"];
const VERBS: [&str; 8] = ["are", "can", "has", "is", "must", "should", "was", "will"];

/// Units of an amount.
const UNITS: [&str; 12] =
    ["bit", "byte", "character", "day", "digit", "hour", "letter", "minute", "month", "second", "week", "year"];

/// Numbers in words.
const NUMBERS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Words after a unit that it does not belong to.
const NOT_OF_UNIT: [&str; 24] = [
    "after", "ago", "and", "are", "before", "each", "for", "from", "into", "long", "mark", "old", "once", "per", "the",
    "then", "until", "was", "when", "where", "while", "will", "with", "within",
];

/// Shorter words are prepositions and conjunctions.
const SHORTEST_NOUN: usize = 3;

pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    split(guide, found);
    let mut start = None;
    for id in (0..guide.blocks.len()).filter(|id| is_text(&guide.blocks[*id].kind)) {
        // The paragraph that an item begins with is its own text.
        if start.replace(guide.blocks[id].text.start) != Some(guide.blocks[id].text.start) {
            joined(guide, id, found);
        }
    }
    unhyphenated(guide, found);
}

fn is_text(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Item(_) | BlockKind::Paragraph)
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
            let is_word = last >= SHORTEST_SENTENCE_END
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
        let Some((before, last)) = sentence.rsplit_once(", ").filter(|_| STEPS.contains(&first)) else { continue };
        let is_label = |label: &str| !label.contains('.') && label.split(' ').count() <= LONGEST_LABEL;
        let verb = ["click ", "select ", "press "].iter().find(|verb| last.strip_prefix(**verb).is_some_and(is_label));
        // "Open the page, and then on the left, click ..."
        let goes_on = before
            .rsplit_once(", ")
            .is_some_and(|(_, part)| GO_ON.contains(&part.split(' ').next().unwrap_or_default()));
        let is_whole = is_item && !before.contains('.') && sentence.len() + 1 >= text[own.clone()].trim().len();
        let (message, help, length) = match verb.filter(|_| is_whole && !goes_on) {
            Some(verb) => {
                let verb = verb.trim_end();
                let message = format!("comma between two steps, before `{verb}`");
                (message, format!("use `, and {verb}`, or two steps"), verb.len())
            }
            None if !before.contains(", ") => {
                let Some(subject) = subject(last) else { continue };
                let message = format!("comma between two sentences, before `{subject}`");
                (message, "use a full stop".to_owned(), subject.len())
            }
            None => continue,
        };
        let place = before.as_ptr() as usize - text.as_ptr() as usize + before.len();
        let span = guide.text.span_of(place..place + 2 + length);
        found.push(Finding::new(span, message).help(help).severity(Severity::Info));
    }
}

/// The subject that a sentence begins with.
fn subject(sentence: &str) -> Option<&str> {
    let mut words = sentence.split(' ');
    let subject = words.next().filter(|word| SUBJECTS.contains(word))?;
    words.next().is_some_and(|verb| VERBS.contains(&verb)).then_some(subject)
}

/// An amount before a noun without a hyphen: "a 30 day trial".
fn unhyphenated(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for (at, unit) in UNITS.iter().flat_map(|unit| guide.text.starts_of(unit).map(move |at| (at, *unit))) {
        let Some(before) = text[..at].strip_suffix(' ') else { continue };
        let number = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
        let is_number = NUMBERS.contains(&number) || number.parse::<u32>().is_ok_and(|number| number > 1);
        let next = text[at..].strip_prefix(unit).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let noun = next.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
        let is_noun = noun.len() >= SHORTEST_NOUN && !NOT_OF_UNIT.contains(&noun);
        let place = at - 1 - number.len()..at + unit.len();
        if is_number && is_noun && !guide.text.any_has(place.clone(), Style::CODE) {
            let span = guide.text.span_of(at - 1..at);
            let whole = guide.text.span_of(place.clone());
            let finding = Finding::new(whole, format!("missing hyphen in `{}`", &text[place])).severity(Severity::Info);
            let fix = Fix::needs_review("add the hyphen", vec![Edit::replace(span, "-")]);
            found.push(finding.help(format!("use `{number}-{unit}`")).fix(fix));
        }
    }
}
