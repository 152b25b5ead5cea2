//! Steps that ask for what they name: "Enter your Client ID and Client Secret, then ...".

use std::ops::Range;

use super::{Reader, Written};
use crate::guide::{BlockId, BlockKind, Inline, InlineKind};

/// Words that end the list of names after "enter your".
pub(super) const ENDS: &[&str] = &[
    "from", "of", "in", "into", "to", "for", "as", "at", "on", "with", "along", "by", "that", "which", "obtained",
    "associated", "displayed", "provided", "you", "then", "click", "select", "press", "field", "fields", "value",
    "values",
];

/// Words after the name of a value on the platform.
pub(super) const BOXES: [&str; 5] = [" field", " box", " textbox", " text box", " area"];

/// The most words that a name in lowercase has.
const LONGEST_NAME: usize = 3;

/// The values that a step asks for, if it asks for any.
pub(super) fn asked_for<'a>(reader: &Reader<'a>, block: BlockId, own: &Range<usize>) -> Vec<Written<'a>> {
    let text = reader.guide.text.as_str();
    let mut found: Vec<Written<'a>> = Vec::new();
    let asks = reader.words.asks.within(own);
    let after = asks.first().map_or(own.end, |first| first.end);
    for asks in asks.iter().cloned().chain(further(text, after..own.end)) {
        let list = asks.end..asks.end + end_of_list(&text[asks.end..own.end]);
        for item in items(&text[list.clone()]) {
            let place = list.start + item.start..list.start + item.end;
            let is_set = text[asks.clone()].eq_ignore_ascii_case("set");
            // What is set is the value itself: "Set **Live** to `true`", but "Set the key as the password".
            let destination = || destination(reader, block, &text[list.end..own.end], list.end).filter(|_| !is_set);
            let named =
                || name_in(reader, block, place.clone()).filter(|found| !is_set || is_strong(reader, block, found));
            let named = named();
            let other = named.clone().filter(|_| !is_set).and_then(|name| other_name(reader, block, &name, own.end));
            let either = other.is_some();
            let places = if either { [named, other] } else { [destination().or(named), None] };
            for place in places.into_iter().flatten() {
                let name = &text[place.clone()];
                if found.iter().all(|known| known.name != name) {
                    // "Optionally, enter the name" is said before it.
                    let (description, about) = (own.start..asks.start, place.end..place.end);
                    found.push(Written { name, place, description, about, either });
                }
            }
        }
    }
    // What follows is about the value if it is the only one.
    if found.len() == 1 || found.len() == 2 && found.iter().all(|one| one.either) {
        for one in &mut found {
            one.about = one.place.end..own.end;
        }
    }
    found
}

/// The words between a box and the next value that a step enters: "your App ID into the Client ID box, your ...".
fn further(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    const NEXT: [&str; 6] = [", your ", ", the ", ", and your ", ", and the ", " and your ", " and the "];
    let (start, text) = (part.start, &text[..part.end]);
    let boxes = BOXES.iter().flat_map(move |word| text[start..].match_indices(word));
    boxes.filter_map(move |(at, word)| {
        let end = start + at + word.len();
        let next = NEXT.iter().find(|next| text[end..].starts_with(**next))?;
        Some(end..end + next.len())
    })
}

/// Another name of a value that a step enters: "Enter the Domain of your account in the URL box". Both are names of the
/// vocabulary.
fn other_name(reader: &Reader<'_>, block: BlockId, name: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let text = reader.guide.text.as_str();
    let key = |place: &Range<usize>| {
        let known = reader.profile.field(&text[place.clone()])?;
        (!known.secret && known.auth.is_none() && known.oauth.is_none()).then_some(known.key.as_str())
    };
    let own = key(name)?;
    let rest = &text[name.end..end];
    let sentence = &rest[..rest.find(". ").unwrap_or(rest.len())];
    let leads = [" in the ", " into the "].iter().filter_map(|lead| Some(sentence.rfind(lead)? + lead.len()));
    let start = leads.max()?;
    let length = BOXES.iter().filter_map(|word| sentence[start..].find(word)).min()?;
    let place = name_in(reader, block, name.end + start..name.end + start + length)?;
    (key(&place)? != own).then_some(place)
}

/// Whether a name is a strong text.
fn is_strong(reader: &Reader<'_>, block: BlockId, name: &Range<usize>) -> bool {
    let is_name = |inline: &Inline| inline.text.start as usize <= name.start && name.end <= inline.text.end as usize;
    reader.guide.inlines_of(block).iter().any(|inline| inline.kind == InlineKind::Strong && is_name(inline))
}

/// The name of the value that a step enters another one as: "Enter the key's name as the Username". `rest` is what
/// follows the list of names, from the byte `start` on.
fn destination(reader: &Reader<'_>, block: BlockId, rest: &str, start: usize) -> Option<Range<usize>> {
    let leads = [" as the ", " as your ", " into the ", " in the "];
    let lead = leads.into_iter().find(|lead| rest.starts_with(lead))?;
    let name = &rest[lead.len()..];
    let end = BOXES.into_iter().chain([".", ",", "\n"]).filter_map(|end| name.find(end)).min().unwrap_or(name.len());
    let place = name_in(reader, block, start + lead.len()..start + lead.len() + end)?;
    let is_known = reader.profile.field(&reader.guide.text.as_str()[place.clone()]).is_some();
    is_known.then_some(place)
}

/// Whether the block is an item of a list or a paragraph of one.
pub(super) fn is_item(reader: &Reader<'_>, block: BlockId) -> bool {
    let item = |id: BlockId| matches!(reader.guide.blocks[id].kind, BlockKind::Item(_));
    item(block) || reader.guide.blocks[block].parent().is_some_and(item)
}

/// Where the list of names at the beginning of `list` ends: before a word that ends it, a bracket,
/// or the end of the sentence.
fn end_of_list(list: &str) -> usize {
    let sentence = ["(", ". ", ":", "\n"].into_iter().filter_map(|end| list.find(end)).min().unwrap_or(list.len());
    let is_end = |word: &str| ENDS.iter().any(|end| word.eq_ignore_ascii_case(end));
    let starts = list[..sentence].match_indices(' ').map(|(at, _)| at + 1);
    let mut words = starts.map(|at| (at, list[at..sentence].split([' ', ',']).next().unwrap_or_default()));
    let end = words.find(|(_, word)| is_end(word)).map_or(sentence, |(at, _)| at);
    let list = list[..end].trim_end();
    list.strip_suffix(" and").unwrap_or(list).len()
}

/// The text between commas and "and".
fn items(list: &str) -> Vec<Range<usize>> {
    let separators = list.match_indices(", ").chain(list.match_indices(" and "));
    let mut separators: Vec<Range<usize>> = separators.map(|(at, separator)| at..at + separator.len()).collect();
    separators.sort_unstable_by_key(|separator| separator.start);
    separators.push(list.len()..list.len());
    let mut start = 0;
    let mut items = Vec::new();
    for separator in separators {
        if separator.start > start {
            items.push(start..separator.start);
        }
        start = start.max(separator.end);
    }
    items
}

/// The value's name in an item of the list: without article and connector, as far as it is a name.
fn name_in(reader: &Reader<'_>, block: BlockId, item: Range<usize>) -> Option<Range<usize>> {
    let text = reader.guide.text.as_str();
    let trimmed = text[item.clone()].trim_matches([' ', ',', '.', '"', '\'', '`', '“', '”']);
    let start = item.start + (text[item].find(trimmed)?);
    let place = start..start + trimmed.len();
    if trimmed.starts_with("a ") || trimmed.starts_with("an ") {
        // "Enter a name": something to be made up, not a value of the connector.
        return None;
    }
    let is_strong = |inline: &&Inline| {
        inline.kind == InlineKind::Strong
            && (inline.text.start as usize) >= place.start
            && inline.text.end as usize <= place.end
    };
    if let Some(strong) = reader.guide.inlines_of(block).iter().find(is_strong) {
        let place = strong.text.start as usize..strong.text.end as usize;
        return reader.profile.names_a_value(&text[place.clone()]).then_some(place);
    }
    let rest = without_lead(trimmed, reader.connector);
    let place = place.end - rest.len()..place.end;
    let capitals = rest.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    let Some(known) = reader.profile.known_ending(rest) else {
        // Names that the vocabulary lacks are capitalized.
        let is_name = capitals && rest.contains(' ') && reader.profile.names_a_value(rest);
        return is_name.then_some(place);
    };
    let short = rest.split_whitespace().count() <= LONGEST_NAME;
    Some(if capitals || short { place } else { place.end - known.len()..place.end })
}

/// `text` without an article or the connector's name before it.
fn without_lead<'a>(text: &'a str, connector: Option<&str>) -> &'a str {
    let mut rest = text;
    for lead in ["the ", "your ", "both "].into_iter().chain(connector) {
        if let Some(head) = rest.get(..lead.len())
            && head.eq_ignore_ascii_case(lead)
        {
            rest = rest[lead.len()..].trim_start();
        }
    }
    rest
}
