//! What steps on the platform say of values without asking for them: "select either **Live** or **Test** for your
//! Account Type", "the Client ID should be left empty".

use std::ops::Range;

use super::{Form, Words, forms};
use crate::guide::{BlockKind, Guide};
use crate::profile::Profile;

/// The most words of a name.
const LONGEST_NAME: usize = 3;

/// The longest sentence that is read, in bytes.
const LONGEST_SENTENCE: usize = 512;

/// Words that begin a step in which something is chosen.
const CHOOSES: &[&str] = &["Select", "Choose", "Pick"];

/// Words before the name of what is chosen, where the values come first.
const DESTINATIONS: &[&str] = &[" for your ", " for the ", " as your ", " as the ", " from the ", " in the "];

/// Words before the name of what is chosen at the beginning of a sentence.
const BEGINNINGS: &[&str] = &["In the ", "For the ", "From the ", "Under ", "Set the ", "Set your ", "Set "];

/// Words that make what a sentence says depend on something.
const CONDITIONS: &[&str] = &["if", "when", "unless", "otherwise", "or", "can", "may", "to", "you"];

/// Words for a value that is not filled in.
const EMPTY: &[&str] = &["blank", "empty"];

/// A value that a step speaks of.
pub(in crate::contract) struct Told {
    /// Where its name is in the guide's text.
    pub(in crate::contract) name: Range<usize>,
    /// What the step says of it.
    pub(in crate::contract) form: Option<Form>,
}

/// The values that the steps on the platform speak of, in order.
pub(in crate::contract) fn told(guide: &Guide, profile: &Profile) -> Vec<Told> {
    let words = Words::of(guide, profile);
    let (mut found, mut levels) = (Vec::new(), Vec::with_capacity(guide.sections.len()));
    for section in &guide.sections {
        let above: Option<bool> = section.parent.map(|parent| levels[parent]);
        let own = section.heading.is_some_and(|at| profile.section_level(&guide.headings[at].text).is_some());
        let mut is_platform = own || above == Some(true);
        levels.push(is_platform);
        for id in section.blocks.clone() {
            if matches!(guide.blocks[id].kind, BlockKind::Paragraph | BlockKind::Item(_)) {
                let own = guide.own_text(id);
                if is_platform {
                    sentences(guide, &own).for_each(|sentence| read(guide, profile, sentence, &mut found));
                }
                found.extend(offered(guide, profile, &own));
                is_platform |= words.lead_to_platform(&own);
            }
        }
    }
    found
}

/// The sentences of a part of the text.
pub(super) fn sentences<'a>(guide: &'a Guide, own: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut start = own.start;
    let parts = guide.text.as_str()[own.clone()].split_inclusive(". ");
    let ranges = parts.map(move |part| {
        start += part.len();
        start - part.len()..start
    });
    ranges.filter(|range| range.len() < LONGEST_SENTENCE)
}

/// The sentences of the paragraphs, items and cells of a guide.
pub(in crate::contract) fn all_sentences(guide: &Guide) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_text = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Cell { .. });
    let blocks = guide.blocks.iter().enumerate().filter(move |(_, block)| is_text(&block.kind));
    blocks.flat_map(|(id, _)| sentences(guide, &guide.own_text(id)).collect::<Vec<_>>())
}

/// Words before the values of what a sentence asks for, in the same sentence or after it.
const OFFERS: &[&str] = &[
    "Possible values are ", "Possible values: ", "Valid values are ", "Valid values: ", "Allowed values are ",
    "Allowed values: ", "Accepted values are ", "Accepted values: ", ", either ",
];

/// What is to be entered with its values, wherever the guide says so: "Enter an Account Type. Possible values are **A** or
/// **B**", "Enter the domain, either North or South".
fn offered(guide: &Guide, profile: &Profile, own: &Range<usize>) -> Option<Told> {
    let text = &guide.text.as_str()[own.clone()];
    let place = |offer: &&str| text.find(*offer).map(|at| (at, at + offer.len()));
    let (at, first) = OFFERS.iter().filter_map(place).min()?;
    let before = text[..at].trim_end().trim_end_matches('.');
    let start = before.rfind(". ").map_or(0, |end| end + ". ".len());
    let lead = before[start..].to_ascii_lowercase();
    let is_word = |at: &usize| !lead[..*at].ends_with(char::is_alphanumeric);
    let verb = ["enter ", "set "].iter().find_map(|verb| Some(lead.find(verb).filter(is_word)? + verb.len()))?;
    let article = ["the ", "an ", "a ", "your "].iter().find(|article| lead[verb..].starts_with(**article))?;
    let name = name_at(profile, before, start + verb + article.len())?;
    let end = first + text[first..].find(". ").unwrap_or(text.len() - first);
    // Words in lowercase are values only with marks.
    let word = first + text[first..].find(char::is_whitespace)?;
    let is_plain = text[first..].starts_with(char::is_lowercase)
        && forms::last_marked(guide, own.start + first..own.start + word).is_none();
    let form = forms::choice_in(guide, own.start + at..own.start + end, true).filter(|_| !is_plain);
    Some(Told { name: own.start + name.start..own.start + name.end, form })
}

fn read(guide: &Guide, profile: &Profile, sentence: Range<usize>, found: &mut Vec<Told>) {
    let text = &guide.text.as_str()[sentence.clone()];
    let lead = text.len() - text.trim_start().len();
    let place = |name: Range<usize>| sentence.start + name.start..sentence.start + name.end;
    found.extend(chosen(guide, profile, &sentence, lead).map(|(name, form)| Told { name: place(name), form }));
    // "When installing the connector, ..." is not a condition.
    let announced = |lead: &usize| {
        let lead = guide.text.searchable_in(sentence.start..sentence.start + lead);
        profile.values.account_announcements.is_in(&lead)
    };
    let told = text.find(", ").filter(announced).unwrap_or(0);
    let empty = left_empty(profile, &text[told..]).into_iter().map(|name| told + name.start..told + name.end);
    found.extend(empty.map(|name| Told { name: place(name), form: Some(Form::Empty) }));
}

/// The name of what a sentence lets the reader choose, and its values.
fn chosen(
    guide: &Guide,
    profile: &Profile,
    sentence: &Range<usize>,
    lead: usize,
) -> Option<(Range<usize>, Option<Form>)> {
    let text = &guide.text.as_str()[sentence.clone()];
    let form = |from: usize, is_kind| forms::choice_in(guide, sentence.start + from..sentence.end, is_kind);
    if let Some(words) = BEGINNINGS.iter().find(|words| text[lead..].starts_with(**words)) {
        let name = name_at(profile, text, lead + words.len())?;
        // "Set the **Mode** to Live or Test"
        let values = text[name.end..].find(" to ").filter(|_| words.starts_with("Set"));
        let form = values.map_or_else(|| form(name.end, false), |at| form(name.end + at + " to ".len(), true))?;
        return Some((name, Some(form)));
    }
    let verb = CHOOSES.iter().find(|verb| text[lead..].starts_with(**verb))?;
    let destination = || DESTINATIONS.iter().find_map(|words| name_at(profile, text, text.find(words)? + words.len()));
    let after = [" the ", " your "].iter().find(|article| text[lead + verb.len()..].starts_with(**article));
    let direct = after.and_then(|article| name_at(profile, text, lead + verb.len() + article.len()));
    let form = form(0, false);
    // What is selected without a choice is a part of a page.
    let name = direct.filter(|_| form.is_some()).or_else(destination)?;
    Some((name, form))
}

/// The name that begins at a byte of a sentence: one of the vocabulary, or words that begin with uppercase letters.
fn name_at(profile: &Profile, text: &str, start: usize) -> Option<Range<usize>> {
    let rest = &text[start..];
    let ends = rest.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at).chain([rest.len()]);
    let ends: Vec<usize> = ends.take(LONGEST_NAME).collect();
    ends.into_iter().rev().find(|end| is_name(profile, &rest[..*end])).map(|end| start..start + end)
}

fn is_name(profile: &Profile, name: &str) -> bool {
    let is_known = profile.field(name).is_some_and(|known| known.key != "Login");
    let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric);
    let is_kind = || forms::is_kind(name) && name.chars().all(char::is_alphanumeric);
    is_known || is_kind() || name.contains(' ') && name.split(' ').all(is_word)
}

/// The names of the values that a sentence says are left empty, whatever else is chosen.
fn left_empty(profile: &Profile, text: &str) -> Vec<Range<usize>> {
    let Some(list) = names_before(text).or_else(|| names_within(text)) else { return Vec::new() };
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| CONDITIONS.iter().any(|condition| condition.eq_ignore_ascii_case(word))) {
        return Vec::new();
    }
    let items = text[list].split(", ").flat_map(|part| part.split(" and "));
    let names = items.map(|item| {
        let item = item.trim();
        let item =
            ["the ", "The ", "your ", "Your "].iter().find_map(|article| item.strip_prefix(article)).unwrap_or(item);
        let start = item.as_ptr() as usize - text.as_ptr() as usize;
        is_name(profile, item).then(|| start..start + item.len())
    });
    names.collect::<Option<_>>().unwrap_or_default()
}

/// The list before "should be left empty", in brackets or at the beginning of the sentence.
fn names_before(text: &str) -> Option<Range<usize>> {
    let ends = ["should be left ", "must be left "];
    let is_empty = |rest: &str| EMPTY.iter().any(|word| rest.starts_with(word));
    let end = ends.iter().find_map(|words| text.find(words).filter(|at| is_empty(&text[at + words.len()..])))?;
    let start = text[..end].rfind('(').map_or(0, |at| at + 1);
    let verbs = [" is ", " are ", " should ", " must "];
    let verb = verbs.iter().filter_map(|verb| text[start..].find(verb)).min()?;
    Some(start..start + verb)
}

/// The list between "leave" and "empty".
fn names_within(text: &str) -> Option<Range<usize>> {
    let start = ["leave ", "Leave "].iter().find_map(|verb| Some(text.find(verb)? + verb.len()))?;
    let end = EMPTY.iter().filter_map(|word| text[start..].find(word)).min()?;
    let list = text[start..start + end].strip_suffix(' ')?;
    let bare = [" fields", " field"].iter().find_map(|word| list.strip_suffix(word)).unwrap_or(list);
    Some(start..start + bare.len())
}
