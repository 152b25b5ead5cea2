//! The blocks of a page whose content is not Markdown, or of which that is unknown: `highlight`, and those of plugins.

use std::collections::HashMap;
use std::ops::Range;

use super::{Cut, Liquid, LiquidTag};
use crate::source::{SourceFile, Span};

/// A fence that the code of a page hardly has.
const FENCE: &str = "~~~~~~~~";

/// Bytes before a tag in which its line begins.
const LONGEST_INDENT: usize = 100;

/// Jekyll publishes the content of `highlight` as a block of code: its tags become fences.
pub(super) fn fence_code(source: &SourceFile, tags: &[LiquidTag], cuts: &mut [Cut]) {
    for (open, close) in pairs(tags.iter().filter(|tag| tag.name.trim_start_matches("end") == "highlight")) {
        let (open, close) = (open.span.range(), close.span.range());
        let text = source.text();
        let first = start_of_line(text, open.start);
        // What is before the tag indents it, or is a paragraph that the fence must not be a part of.
        let is_alone = text[first..open.start].trim().is_empty();
        let is_apart = text[..first].trim_end_matches([' ', '\t', '\r', '\n']).len() + 1 < first || first == 0;
        let indent = if is_alone && !is_apart { &text[first..open.start] } else { "" };
        let before = if is_alone && is_apart { String::new() } else { format!("\n\n{indent}") };
        let ends_line = |at: usize| text[at..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        let after = if ends_line(open.end) { "" } else { "\n" };
        let last = start_of_line(text, close.start);
        let own_line = if text[last..close.start].trim().is_empty() { "" } else { "\n" };
        let rest = if ends_line(close.end) || close.end == text.len() { "" } else { "\n\n" };
        let fences = [(open, format!("{before}{FENCE}{after}")), (close, format!("{own_line}{FENCE}{rest}"))];
        // The text that is read instead of a tag is not longer than it, so that positions stay in order.
        let cut_of = |(tag, fence): &(Range<usize>, String)| {
            let cut = cuts.binary_search_by_key(&tag.start, |cut| cut.range.start).ok()?;
            (fence.len() <= tag.len() && cuts[cut].range == *tag).then_some(cut)
        };
        // A fence alone would make code of the rest of the page.
        if let [Some(first), Some(second)] = fences.each_ref().map(cut_of) {
            let [(_, opening), (_, closing)] = fences;
            (cuts[first].instead, cuts[second].instead) = (opening, closing);
        }
    }
}

/// Where the line of a tag begins, or a place in it that is far enough before the tag.
fn start_of_line(text: &str, at: usize) -> usize {
    let near = text.floor_char_boundary(at.saturating_sub(LONGEST_INDENT));
    text[near..at].rfind('\n').map_or(near, |end| near + end + 1)
}

/// From the tag of a plugin to the tag that ends its block: what these publish is unknown. In order and apart.
pub(super) fn of_plugins(source: &SourceFile, found: &Liquid) -> Vec<Span> {
    let mut ranges: Vec<Range<usize>> =
        pairs(found.unknown_tags.iter()).map(|(open, close)| open.span.range().start..close.span.range().end).collect();
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart.into_iter().map(|range| source.span(range)).collect()
}

/// Tags and those that end their blocks: `x` and `endx`.
fn pairs<'a>(
    tags: impl Iterator<Item = &'a LiquidTag> + 'a,
) -> impl Iterator<Item = (&'a LiquidTag, &'a LiquidTag)> + 'a {
    let mut open: HashMap<&str, Vec<&LiquidTag>> = HashMap::new();
    tags.filter_map(move |tag| {
        let opener = tag.name.strip_prefix("end").and_then(|name| open.get_mut(name)).and_then(Vec::pop);
        if opener.is_none() {
            open.entry(tag.name.as_str()).or_default().push(tag);
        }
        Some((opener?, tag))
    })
}
