//! Two steps or sentences with a comma between them: "Enter the key, click **Next**", "Copy the key, you will need it".

use super::sentences::{DETERMINERS, SUBJECTS, VERBS};
use crate::diagnostic::{Applicability, Finding, Severity};
use crate::guide::brackets::is_open;
use crate::guide::words::{OBJECTS, VERBS_OF_STEPS};
use crate::guide::{BlockId, BlockKind, Guide, Style};
use crate::rule::Page;

/// Words that begin what a comma ends: "Select **Save** and once you are there, ...".
const LEAD_IN: [&str; 23] = [
    "after", "although", "as", "because", "before", "but", "if", "once", "regardless", "since", "then", "though",
    "unless", "unlike", "until", "when", "whenever", "where", "whereas", "wherever", "whether", "while", "without",
];

/// Those that begin a reason.
const REASONS: [&str; 3] = ["as", "because", "since"];

/// Other words that begin it before a sentence: "Note that for each key, you can ...".
const LEAD_IN_OF_SENTENCE: [&str; 9] = ["and", "at", "from", "in", "on", "or", "that", "to", "under"];

/// Words of a part before a comma that goes with the one after it: "It is not only short, it is also plain", "Note that
/// this way, you can ...".
const OF_PAIRS: [&str; 3] = ["not", "time", "way"];

/// Adverbs that a sentence begins with before a comma. Others end in `ly`, and have a conjunction before them.
const ADVERBS: [&str; 13] = [
    "afterwards", "also", "here", "however", "instead", "later", "next", "now", "otherwise", "so", "sometimes",
    "there", "therefore",
];

/// Marks between sentences and clauses.
const BETWEEN_CLAUSES: [&str; 7] = [". ", "; ", "! ", "? ", " – ", " — ", " - "];

/// Words after which another clause begins, and prepositions that begin it.
const CONJUNCTIONS: [&str; 3] = ["and", "or", "that"];
const PREPOSITIONS: [&str; 14] =
    ["above", "at", "below", "by", "depending", "during", "for", "from", "in", "on", "to", "under", "with", "within"];

/// Other verbs that a request begins with.
const REQUESTS: [&str; 7] = ["ensure", "keep", "pass", "provide", "remember", "store", "use"];

/// Words of the label that a step ends with.
const LONGEST_LABEL: usize = 4;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let actions: Vec<String> = page.profile.interface.actions.iter().map(|verb| verb.to_lowercase()).collect();
    for id in (0..guide.blocks.len()).filter(|id| is_text(guide, *id)) {
        in_block(guide, id, &actions, found);
    }
}

/// Whether a block has sentences of its own: the paragraph that an item begins with is the item's.
fn is_text(guide: &Guide, id: BlockId) -> bool {
    let block = &guide.blocks[id];
    let is_item = |id: BlockId| matches!(guide.blocks[id].kind, BlockKind::Item(_));
    let begins = |item: BlockId| is_item(item) && guide.blocks[item].text.start == block.text.start;
    is_item(id) || block.kind == BlockKind::Paragraph && !block.parent().is_some_and(begins)
}

fn in_block(guide: &Guide, id: BlockId, actions: &[String], found: &mut Vec<Finding>) {
    let (text, own) = (guide.text.as_str(), guide.own_text(id));
    let is_item = matches!(guide.blocks[id].kind, BlockKind::Item(_));
    let lines = text[own.clone()].split(['\n', ':']).filter(|line| line.contains(','));
    for sentence in lines.flat_map(clauses) {
        let sentence = sentence.trim().trim_end_matches('.');
        let first = sentence.split(' ').next().unwrap_or_default();
        if !first.starts_with(char::is_uppercase) {
            continue;
        }
        let Some((before, last)) = parts(sentence) else { continue };
        // A clause between commas, or a list that goes on: "Open the page and, when prompted, select **Allow**".
        let is_part = |(rest, part): (&str, &str)| {
            let is_list = part.contains(" and ") && !rest.ends_with(" and") && !rest.ends_with(" then");
            !is_list || LEAD_IN_OF_SENTENCE.contains(&part.split(' ').next().unwrap_or_default())
        };
        if before.rsplit_once(", ").is_some_and(is_part) {
            continue;
        }
        let is_step = VERBS_OF_STEPS.contains(&&*first.to_lowercase());
        let style = |rest: &str| guide.text.style_at(rest.as_ptr() as usize - text.as_ptr() as usize);
        let comma = style(&sentence[before.len()..]);
        let is_quoted = || [Style::CODE, Style::EMPHASIS, Style::LINK].into_iter().any(|set| comma.has(set));
        if before.split(' ').any(|word| LEAD_IN.contains(&word)) || is_quoted() || is_introduction(before) {
            continue;
        }
        let is_set = |rest: &str| style(rest).has(Style::STRONG);
        let is_object = |rest: &&str| is_set(rest) || OBJECTS.contains(&rest.split(' ').next().unwrap_or_default());
        let is_label = |rest: &&str| {
            let is_name = rest.starts_with(|c: char| c.is_uppercase() || "'\"“‘".contains(c)) || is_object(rest);
            is_name && !rest.contains('.') && rest.split(' ').count() <= LONGEST_LABEL
        };
        let after = |verb: &str| last.strip_prefix(verb).and_then(|rest| rest.strip_prefix(' '));
        let action = actions.iter().find(|verb| after(verb).as_ref().is_some_and(is_label));
        let is_whole = is_item && !before.contains('.') && sentence.len() + 1 >= text[own.clone()].trim().len();
        let verb = VERBS_OF_STEPS.iter().copied().find(|verb| after(verb).as_ref().is_some_and(is_object));
        let (word, what, meant) = if let Some(verb) = action.filter(|_| is_step && is_whole) {
            (verb.as_str(), "steps", format!(", and {verb}"))
        } else {
            let Some(word) = second(before, last, verb).filter(|_| !comma.has(Style::STRONG)) else {
                continue;
            };
            (word, "sentences", format!(". {}{}", word[..1].to_uppercase(), &word[1..]))
        };
        let place = before.as_ptr() as usize - text.as_ptr() as usize + before.len();
        let span = guide.text.span_of(place..place + 2 + word.len());
        let finding = Finding::new(span, format!("comma between two {what}, before `{word}`")).severity(Severity::Info);
        // There may be marks between them.
        let is_plain = guide.slice(span) == format!(", {word}");
        found.push(if is_plain {
            finding.replace_with(&meant, Applicability::Unsafe)
        } else {
            finding.help(format!("use `{meant}`"))
        });
    }
}

/// A sentence before and after its last comma, without a reason after another comma: "Copy the key, you will need it, as
/// it is shown once".
fn parts(sentence: &str) -> Option<(&str, &str)> {
    let (before, last) = sentence.rsplit_once(", ")?;
    let is_reason = last.split(' ').next().is_some_and(|word| REASONS.contains(&word));
    Some(before.rsplit_once(", ").filter(|_| is_reason).unwrap_or((before, last)))
}

/// The parts of a line between the marks that end a sentence or a clause.
fn clauses(line: &str) -> impl Iterator<Item = &str> {
    let mut ends: Vec<(usize, usize)> =
        BETWEEN_CLAUSES.iter().flat_map(|mark| line.match_indices(mark).map(|(at, _)| (at, at + mark.len()))).collect();
    ends.sort_unstable();
    let mut start = 0;
    ends.push((line.len(), line.len()));
    ends.into_iter().map(move |(end, next)| &line[std::mem::replace(&mut start, next).min(end)..end])
}

/// Whether a part before a comma ends with an adverb, or within quotation marks or brackets.
fn is_introduction(before: &str) -> bool {
    let mut words = before.rsplit(' ');
    let last = words.next().unwrap_or_default().to_lowercase();
    // "Copy the key securely, it will not be shown again" ends with one, too.
    let mut is_first = || words.next().is_some_and(|word| CONJUNCTIONS.contains(&word));
    let is_single = before.rfind(" '").is_some_and(|open| !before[open + 2..].contains('\''));
    ADVERBS.contains(&&*last)
        || last.ends_with("ly") && is_first()
        || is_single
        || before.matches('"').count() % 2 == 1
        || [('“', '”'), ('‘', '’'), ('(', ')')].into_iter().any(|(open, close)| is_open(before, open, close))
}

/// The word that a second sentence begins with, after a comma: "you will need it", "the key will be shown". `verb` is the
/// one of a step that may begin it.
fn second<'a>(before: &str, last: &'a str, verb: Option<&'a str>) -> Option<&'a str> {
    let mut words = before.split(' ').map(str::to_lowercase);
    let (first, next) = (words.next()?, words.next()?);
    let starts = |word: &String| VERBS_OF_STEPS.contains(&word.as_str()) || REQUESTS.contains(&word.as_str());
    let is_step = VERBS_OF_STEPS.contains(&first.as_str());
    let is_sentence = starts(&first)
        || first == "then" && starts(&next)
        || SUBJECTS.contains(&first.as_str()) && VERBS.contains(&next.as_str());
    // "Set correctly, the key will ..."
    let goes_on = before.split(' ').any(|word| OF_PAIRS.contains(&word));
    if before.contains(", ") || first == "set" || goes_on {
        return None;
    }
    let leads_in = before.split(' ').any(|word| LEAD_IN_OF_SENTENCE.contains(&word));
    // "The key will be shown, copy it"
    let is_passive = before.rsplit_once(" will be ").is_some_and(|(_, verb)| !verb.contains(' '));
    let mut words = last.split(' ');
    let (own, following, third) = (words.next()?, words.next()?, words.next());
    if SUBJECTS.contains(&own) && VERBS.contains(&following) {
        return Some(own).filter(|_| is_sentence && !turns(before));
    }
    // More words may be an apposition: "the name you will see".
    let is_thing = DETERMINERS.contains(&own) && !SUBJECTS.contains(&following) && third == Some("will");
    if is_step {
        return Some(own).filter(|_| is_thing && !leads_in);
    }
    verb.filter(|_| DETERMINERS.contains(&first.as_str()) && is_passive && !leads_in)
}

/// Whether a clause begins inside a text that goes on after a comma: "Save the key and on the next page".
fn turns(before: &str) -> bool {
    let words: Vec<&str> = before.split(' ').collect();
    words.windows(2).any(|pair| CONJUNCTIONS.contains(&pair[0]) && PREPOSITIONS.contains(&pair[1]))
}
