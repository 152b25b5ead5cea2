//! What the description beside the name of a value calls the value.

use crate::guide::{Guide, Style};
use crate::profile::FieldName;
use crate::rule::Page;
use crate::source::Span;

/// Where the description in the row of a value has its name, as plain text. In lowercase it is a word of the sentence.
pub(super) fn places(guide: &Guide, name: &str, place: Span) -> Vec<Span> {
    let Some(row) = guide.row_around(place).filter(|_| name.contains(char::is_uppercase)) else { return Vec::new() };
    let (row, text) = (&guide.blocks[row].text, guide.text.as_str());
    let first = name.split(' ').next().unwrap_or(name);
    let spans = guide.text.starts_of(first).filter_map(|at| {
        let range = at..at + name.len();
        let is_in_row = row.start as usize <= range.start && range.end <= row.end as usize;
        let is_whole = !text.get(range.end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let is_marked = [Style::CODE, Style::STRONG].iter().any(|style| guide.text.any_has(range.clone(), *style));
        let span = guide.text.span_of(range);
        (is_in_row && is_whole && !is_marked && guide.slice(span) == name && span != place).then_some(span)
    });
    spans.collect()
}

/// A longer name of the vocabulary that ends with a name, if the description in its row has it: `API Key` for `key`.
pub(super) fn fuller<'a>(page: &Page<'a>, known: &FieldName, place: Span) -> Option<&'a str> {
    let row = page.guide.text_of(page.guide.row_around(place)?).to_lowercase();
    let ending = format!(" {}", known.name.to_lowercase());
    let has = |name: &str| {
        let mut found = row.match_indices(name);
        found.any(|(at, found)| !row[at + found.len()..].starts_with(char::is_alphanumeric))
    };
    let names = page.profile.fields.iter().map(|field| field.name.as_str());
    names
        .map(|name| (name, name.to_lowercase()))
        .find(|(_, name)| name.ends_with(&ending) && has(name))
        .map(|(name, _)| name)
}
