//! Values that are at the beginning of a line: `**Name**: description`, a bullet that is a name, a
//! row of a table that is printed unchanged.

use std::ops::Range;

use super::sentences::is_between_names;
use super::{Reader, Written};
use crate::guide::{BlockId, BlockKind, Inline, InlineKind};
use crate::profile::Evidence;
use crate::secrets::end_of;

/// The most words of a name that is alone in a bullet and not in the vocabulary.
const LONGEST_BARE_NAME: usize = 3;

/// The most bytes before the first text of a line: its indent and marks.
const LONGEST_LEAD: usize = 128;

/// The most words before the name of a value in a bullet.
const LONGEST_LEAD_WORDS: usize = 7;

/// How a sentence about a value begins right after its name, where the colon between them was forgotten.
const SENTENCES: &[&str] = &["The ", "Your ", "This is "];

/// Strong names at the beginning of lines, each with a colon inside or a colon or dash after it, or in the first
/// column of a table that is printed raw.
pub(super) fn named_lines<'a>(reader: &Reader<'a>, block: BlockId, own: &Range<usize>) -> Vec<Written<'a>> {
    let text = reader.guide.text.as_str();
    let starts: Vec<(&Inline, bool)> = strong_at_line_start(reader, block, own).collect();
    let ends = starts.iter().skip(1).map(|(inline, _)| inline.text.start as usize).chain([own.end]);
    let lines = starts.iter().zip(ends).filter_map(|((inline, row), end)| {
        let place = inline.text.start as usize..inline.text.end as usize;
        // A strong text within another one ends where the outer one has not yet.
        let after = text.get(place.end..end)?.trim_start();
        let close = after.find(')').filter(|_| after.starts_with('(')).map(|close| end - after.len() + close + 1);
        // "**Region** (optional): ..."
        let marked = close.filter(|close| reader.profile.without_optional_marker(&text[place.start..*close]).1);
        let place = place.start..marked.unwrap_or(place.end);
        let (name, after) = (&text[place.clone()], text[place.end..end].trim_start());
        if *row {
            let header = reader.profile.is_values_header(name);
            return (!header).then_some(Written {
                name,
                place,
                description: end - after.len()..end,
                about: end - after.len()..end,
                either: false,
            });
        }
        // In a list of values, a bullet is about the value that it begins with.
        let is_listed = || reader.announced && place.start == own.start && is_bullet(reader, block);
        let is_sentence = || {
            let is_start = SENTENCES.iter().any(|start| after.starts_with(start));
            reader.profile.field(name).is_some() && (is_start || is_listed() && after.starts_with(char::is_uppercase))
        };
        let description = if name.trim_end().ends_with(':') || is_sentence() { after } else { after_separator(after)? };
        let description = end - description.len()..end;
        Some(Written { name, place, about: description.clone(), description, either: false })
    });
    lines.collect()
}

/// The text after the colon or the dash that parts a name from its description.
fn after_separator(text: &str) -> Option<&str> {
    [":", "- ", "– ", "— "].iter().find_map(|separator| text.strip_prefix(separator))
}

/// Whether the block begins with a strong name and a colon: it describes a value.
pub(super) fn begins_with_name(reader: &Reader<'_>, block: BlockId, own: &Range<usize>) -> bool {
    named_lines(reader, block, own).first().is_some_and(|line| line.place.start == own.start)
}

/// A block that is nothing but a name: strong where values are announced, else one of the vocabulary.
pub(super) fn bare_name<'a>(reader: &Reader<'a>, block: BlockId, own: &Range<usize>) -> Option<Written<'a>> {
    let text = &reader.guide.text.as_str()[own.clone()];
    let name = text.trim().trim_end_matches(['.', ';', ',']);
    let start = own.start + (text.len() - text.trim_start().len());
    let place = start..start + name.len();
    let bare = reader.profile.without_optional_marker(name).0;
    let listed = is_bullet(reader, block);
    let strong = reader.announced
        && reader.guide.inlines_of(block).first().is_some_and(|inline| {
            inline.kind == InlineKind::Strong
                && inline.text.start as usize == start
                && inline.text.end as usize >= start + bare.len()
        });
    let known = || reader.profile.field(bare).is_some() || is_beside_known(reader, block, bare);
    let is_name =
        listed && known() || strong && (reader.profile.names_a_value(bare) || is_before_password(reader, block, bare));
    let nothing = place.end..place.end;
    is_name.then_some(Written { name, description: nothing.clone(), about: nothing, place, either: false })
}

/// The strong names at the end of a bullet that begins with whose they are: "Your Acme account **Username**".
pub(super) fn possessed<'a>(reader: &Reader<'a>, block: BlockId, own: &Range<usize>) -> Vec<Written<'a>> {
    let text = reader.guide.text.as_str();
    let is_whose = ["Your ", "The ", "A ", "An "].iter().any(|start| text[own.clone()].trim_start().starts_with(start));
    if !reader.announced || !is_whose || !is_bullet(reader, block) {
        return Vec::new();
    }
    let strong = reader.guide.inlines_of(block).iter().filter(|inline| inline.kind == InlineKind::Strong);
    let places: Vec<Range<usize>> = strong.map(|inline| inline.text.start as usize..inline.text.end as usize).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return Vec::new() };
    // Strong text may be within strong text, or in a block within this one.
    if first.start < own.start || last.end > own.end || places.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return Vec::new();
    }
    let lead = &text[own.start..first.start];
    let is_alone = text[last.end..own.end].trim().trim_end_matches(['.', ';', ',']).is_empty();
    let is_list = places.windows(2).all(|pair| is_between_names(&text[pair[0].end..pair[1].start]));
    let are_names = places.iter().all(|place| reader.profile.names_a_value(&text[place.clone()]));
    if !is_alone
        || !is_list
        || !are_names
        || lead.contains([':', '.', ','])
        || lead.split(' ').count() > LONGEST_LEAD_WORDS
    {
        return Vec::new();
    }
    let written = |place: Range<usize>| {
        let nothing = place.end..place.end;
        Written { name: &text[place.clone()], description: nothing.clone(), about: nothing, place, either: false }
    };
    places.into_iter().map(written).collect()
}

/// Whether a block is a bullet or a paragraph in one.
fn is_bullet(reader: &Reader<'_>, block: BlockId) -> bool {
    let is_item = |id: BlockId| reader.guide.blocks[id].item().is_some_and(|item| item.written.is_none());
    is_item(block) || reader.guide.blocks[block].parent().is_some_and(is_item)
}

/// Whether a bullet is a name like those of the values beside it in the list, one of which the vocabulary has.
fn is_beside_known(reader: &Reader<'_>, block: BlockId, name: &str) -> bool {
    let guide = reader.guide;
    let is_item = |id: &BlockId| matches!(guide.blocks[*id].kind, BlockKind::Item(_));
    let Some(item) = Some(block).filter(is_item).or(guide.blocks[block].parent().filter(is_item)) else { return false };
    let Some(list) = guide.blocks[item].parent() else { return false };
    let is_short = name.split(' ').count() <= LONGEST_BARE_NAME && name.starts_with(char::is_uppercase);
    let is_known = |item: BlockId| reader.profile.field(guide.text_of(item).trim()).is_some();
    let has_known = || *reader.lists.borrow_mut().entry(list).or_insert_with(|| guide.children(list).any(is_known));
    is_short && reader.profile.names_a_value(name) && has_known()
}

/// Whether a paragraph is a short name right before one that is the name of a password: it is that of its user.
fn is_before_password(reader: &Reader<'_>, block: BlockId, name: &str) -> bool {
    let (guide, next) = (reader.guide, block + 1);
    name.split(' ').count() <= LONGEST_BARE_NAME
        && name.starts_with(char::is_uppercase)
        && guide.blocks.get(next).is_some_and(|other| other.kind == BlockKind::Paragraph)
        && reader.profile.field(guide.text_of(next).trim()).is_some_and(|known| known.auth == Some(Evidence::Password))
}

/// Strong texts that begin a source line, and whether the line is a row of pipes.
fn strong_at_line_start<'a>(
    reader: &Reader<'a>,
    block: BlockId,
    own: &Range<usize>,
) -> impl Iterator<Item = (&'a Inline, bool)> {
    let (guide, own) = (reader.guide, own.clone());
    let strong = guide.inlines_of(block).iter().filter(|inline| inline.kind == InlineKind::Strong);
    strong.filter_map(move |inline| {
        let (start, end) = (inline.text.start as usize, inline.text.end as usize);
        if start < own.start || end > own.end {
            return None;
        }
        let before = guide.source.text().get(guide.blocks[block].span.start as usize..inline.span.start as usize)?;
        let before = end_of(before, LONGEST_LEAD);
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        let row = line == "|";
        let first = guide.text.as_str()[own.start..start].trim().is_empty();
        (first || row || before.contains('\n') && matches!(line, "" | ">")).then_some((inline, row))
    })
}
