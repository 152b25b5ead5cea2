//! What a section of a page lists.

use super::form::SectionForm;
use super::names::loose;
use crate::guide::Guide;

/// Words that a name needs to be looked up in data: one word alone is as often the name of a group.
pub(super) const FEWEST_WORDS: usize = 2;

/// The headings that a section lists: those of the next level, and those in its groups.
pub(super) fn items(guide: &Guide, section: usize, end: Option<usize>, form: &SectionForm) -> Vec<usize> {
    let level = guide.headings[section].level;
    let end = end.unwrap_or(guide.headings.len());
    let inside: Vec<usize> = (section + 1..end).take_while(|index| guide.headings[*index].level > level).collect();
    let Some(top) = inside.iter().map(|index| guide.headings[*index].level).min() else { return Vec::new() };
    let is_group = |index: usize| form.groups.iter().any(|group| loose(group) == loose(&guide.headings[index].text));
    let mut listed = Vec::new();
    for index in inside.into_iter().filter(|index| guide.headings[*index].level == top) {
        if is_group(index) {
            listed.extend(items(guide, index, Some(end), form));
        } else {
            listed.push(index);
        }
    }
    listed
}

/// Whether two names share half of their words: they may be one operation in other words.
pub(super) fn is_alike(left: &[String], right: &[String]) -> bool {
    let shared = left.iter().filter(|word| right.contains(word)).count();
    shared * 2 >= left.len() + right.len() - shared
}

/// What a reader sees under a heading, to the next one of its level.
pub(super) fn section_text(guide: &Guide, index: usize) -> &str {
    let heading = &guide.headings[index];
    let next = guide.headings[index + 1..].iter().find(|next| next.level <= heading.level);
    let end = next.map_or(guide.text.len(), |next| guide.blocks[next.block].text.start as usize);
    let start = guide.blocks[heading.block].text.end as usize;
    guide.text.as_str().get(start..end).unwrap_or_default()
}
