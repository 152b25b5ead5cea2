//! Texts in a description that stand for themselves: marked, in quotation marks, or addresses.

use std::ops::Range;

use crate::guide::{Guide, InlineKind};

/// Pairs of quotation marks.
const QUOTES: &[(char, char)] = &[('"', '"'), ('\'', '\''), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];

/// The longest quotation that is a value, in bytes; a longer one is a sentence.
const LONGEST_QUOTATION: usize = 512;

/// A text that stands for itself.
#[derive(Debug)]
pub(super) struct Literal<'a> {
    /// Where it is in the description, without its marks.
    pub(super) range: Range<usize>,
    /// The text.
    pub(super) text: &'a str,
    /// Whether it is marked or in quotation marks.
    pub(super) marked: bool,
}

impl Literal<'_> {
    /// The text without what marks a placeholder in it, and without the slash at its end.
    pub(super) fn plain(&self) -> String {
        self.text.trim_end_matches('/').chars().filter(|c| !"{}[]<>".contains(*c)).collect()
    }

    /// The scheme of a URL.
    pub(super) fn scheme(&self) -> Option<&str> {
        self.text.split_once("://").map(|(scheme, _)| scheme)
    }

    /// What is between the brackets of a placeholder in it.
    pub(super) fn placeholder(&self) -> Option<&str> {
        let start = self.text.rfind(['{', '[', '<'])? + 1;
        let end = start + self.text[start..].find(['}', ']', '>'])?;
        Some(&self.text[start..end])
    }
}

/// Whether a text is a URL or the name of a host.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once("://")
        .map_or_else(|| is_host(text), |(_, rest)| rest.starts_with(char::is_alphanumeric) && rest.contains('.'))
}

/// Whether a text is the name of a host: labels of letters, the last one without digits.
pub(super) fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_name = |label: &&str| label.len() > 1 && label.chars().all(char::is_alphabetic);
    labels.len() > 2 && labels.iter().all(is_label) && labels.last().is_some_and(is_name)
}

/// The literals of a part of the guide's text, in order.
pub(super) fn literals(guide: &Guide, about: Range<usize>) -> Vec<Literal<'_>> {
    let text = &guide.text.as_str()[about.clone()];
    let first = guide.inlines.partition_point(|inline| (inline.text.start as usize) < about.start);
    let inside = guide.inlines[first..].iter().take_while(|inline| (inline.text.start as usize) < about.end);
    let marks = |kind: InlineKind| matches!(kind, InlineKind::Code | InlineKind::Strong | InlineKind::Emphasis);
    let marked = inside.filter(|inline| marks(inline.kind) && inline.text.end as usize <= about.end);
    let marked = marked.map(|inline| inline.text.start as usize - about.start..inline.text.end as usize - about.start);
    let mut found: Vec<Literal<'_>> = marked.chain(quoted(text)).map(|range| literal(text, range, true)).collect();
    let in_order = |literal: &Literal<'_>| (literal.range.start, literal.range.end);
    found.sort_by_key(in_order);
    let addresses = outside(bare_addresses(text), &found);
    found.extend(addresses.into_iter().map(|range| literal(text, range, false)));
    found.retain(|literal| !literal.text.is_empty());
    found.sort_by_key(in_order);
    found
}

/// The last marked text of a part of the guide's text.
pub(in crate::contract) fn last_marked(guide: &Guide, about: Range<usize>) -> Option<&str> {
    literals(guide, about).into_iter().rev().find(|literal| literal.marked).map(|literal| literal.text)
}

/// Those of some ranges, in order, that overlap none of the literals, in order.
fn outside(ranges: impl Iterator<Item = Range<usize>>, literals: &[Literal<'_>]) -> Vec<Range<usize>> {
    let (mut next, mut end) = (0, 0);
    let is_outside = |range: &Range<usize>| {
        while let Some(literal) = literals.get(next).filter(|literal| literal.range.start < range.end) {
            end = end.max(literal.range.end);
            next += 1;
        }
        end <= range.start
    };
    ranges.filter(is_outside).collect()
}

fn literal(text: &str, range: Range<usize>, marked: bool) -> Literal<'_> {
    let written = &text[range.clone()];
    let trimmed = written.trim().trim_end_matches(['.', ',', ':', ';']);
    let start = range.start + (written.len() - written.trim_start().len());
    Literal { range: start..start + trimmed.len(), text: trimmed, marked }
}

/// What is in quotation marks: an opening one after a space or bracket, the closing one before neither letter nor digit.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, open)) = text[at..].char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c)) {
        let start = at + start;
        let inner = start + open.len_utf8();
        at = inner;
        let opens = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let closes = |end: &usize| text[*end..].chars().nth(1).is_none_or(|next| !next.is_alphanumeric());
        let close = QUOTES.iter().find(|(first, _)| *first == open).map(|(_, close)| *close);
        let near = beginning(&text[inner..], LONGEST_QUOTATION);
        let ends = close.into_iter().flat_map(|close| near.match_indices(close)).map(|(end, _)| inner + end);
        if let Some(end) = ends.take(4).find(closes).filter(|_| opens) {
            found.push(inner..end);
            at = text.ceil_char_boundary(end + 1);
        }
    }
    found
}

/// At most so many of the first bytes of a text.
pub(in crate::contract) fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The words that are URLs or names of hosts.
fn bare_addresses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_whitespace().filter_map(|word| {
        let bare = word.trim_matches(['(', ')', ',', '.', ';', ':', '"', '\'']);
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        is_address(bare).then_some(start..start + bare.len())
    })
}

/// The placeholders at the beginning of the hosts of addresses in a text.
pub(super) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let hosts = text.match_indices("://").map(|(at, mark)| &text[at + mark.len()..]);
    hosts.filter_map(|host| {
        let inner = host.trim_start_matches(['{', '[', '<', '*', '_']);
        let end = inner.find(['}', ']', '>', '/', '.', ' ', '\n'])?;
        let rest = inner[end..].trim_start_matches(['}', ']', '>', '*', '_']);
        // Without marks, a word before a domain is one as well: `subdomain.acme.example`.
        let is_marked = inner.len() < host.len();
        let host = rest.split(['/', ' ', '\n']).next().unwrap_or_default();
        (rest.starts_with('.') && (is_marked || host.matches('.').count() > 1)).then_some(&inner[..end])
    })
}
