//! Paths through menus, `**Settings** > **API**`, however they are written.
//!
//! Which menus a product has plays no part: a path is labels with arrows between them, and a label is
//! set apart from the text, or begins with an uppercase letter.

use std::ops::Range;

use super::{FlatText, Guide, Style};
use crate::source::Span;

/// A path through menus.
#[derive(Debug)]
pub struct MenuPath {
    /// From its first label to its last.
    pub span: Span,
    /// Its labels, as ranges of bytes in [`Guide::text`].
    pub labels: Vec<Range<usize>>,
    /// Whether each label is bold on its own with a `>` between them.
    pub canonical: bool,
}

/// The text between labels.
const ARROWS: [&str; 5] = [" >> ", " -> ", " → ", " » ", " > "];

/// Bytes between two arrows of one path at most: beyond it, they are arrows of two paths.
const LONGEST_LABEL: usize = 60;

/// The paths of a page in running text: not in headings, links or code blocks.
pub fn menu_paths(guide: &Guide) -> Vec<MenuPath> {
    let text = &guide.text;
    let in_one_line = |one: &Range<usize>, next: &Range<usize>| !text.as_str()[one.end..next.start].contains('\n');
    let joined = |one: &Range<usize>, next: &Range<usize>| is_label(text, one.end..next.start);
    let mut paths = Vec::new();
    for arrows in arrows(text).chunk_by(in_one_line) {
        let line = text.line_at(arrows[0].start);
        if !text.all_have(line.clone(), Style::CODE) && !text.all_have(line.clone(), Style::HEADING) {
            paths.extend(arrows.chunk_by(joined).filter_map(|path| read(text, &line, path)));
        }
    }
    paths
}

/// The arrows of a text outside links, in order; of two with a space in common the first.
fn arrows(text: &FlatText) -> Vec<Range<usize>> {
    let content = text.as_str();
    let mut end = 0;
    // The first bytes of the arrows' own characters, in UTF-8.
    let found = memchr::memchr3_iter(b'>', 0xe2, 0xc2, content.as_bytes()).filter_map(|mark| {
        let before = &content[..mark];
        let start = before.strip_suffix('-').unwrap_or(before).strip_suffix(' ')?.len();
        let arrow = ARROWS.into_iter().find(|arrow| content[start..].starts_with(arrow)).filter(|_| start >= end)?;
        end = start + arrow.len();
        Some(start..end)
    });
    found.filter(|arrow| !text.any_has(arrow.clone(), Style::LINK)).collect()
}

/// A path and whether it has the canonical form; `None` where a side of an arrow is not a label.
fn read(text: &FlatText, line: &Range<usize>, arrows: &[Range<usize>]) -> Option<MenuPath> {
    let (first, last) = (arrows.first()?, arrows.last()?);
    let before = label_before(text, line.start..first.start)?;
    let after = label_after(text, last.end..line.end)?;
    let span = text.span_of(before.start..after.end);
    let middle = arrows.windows(2).map(|pair| pair[0].end..pair[1].start);
    let labels: Vec<Range<usize>> = std::iter::once(before).chain(middle).chain([after]).collect();
    // An arrow may also lead to what is entered there.
    if labels.iter().any(|label| text.as_str()[label.clone()].contains("://")) {
        return None;
    }
    let plain_arrows = arrows
        .iter()
        .all(|arrow| &text.as_str()[arrow.clone()] == " > " && !text.any_has(arrow.clone(), Style::STRONG));
    let canonical = plain_arrows && labels.iter().all(|label| text.all_have(label.clone(), Style::STRONG));
    Some(MenuPath { span, labels, canonical })
}

fn is_label(text: &FlatText, range: Range<usize>) -> bool {
    let label = &text.as_str()[range.clone()];
    // A comma in plain text ends the path: "Settings > Keys, then open Users > Roles".
    let ends = label.contains(". ") || label.contains(", ") && !text.all_have(range.clone(), Style::STRONG);
    range.len() <= LONGEST_LABEL && !ends && begins_label(text, range.start) && !is_several(text, &range)
}

/// Whether two pieces of text are set apart here: the last label of one path and the first one of the next.
fn is_several(text: &FlatText, range: &Range<usize>) -> bool {
    let end = text.run_at(range.start).end;
    let style = text.style_at(range.start);
    is_set_apart(text, range.start)
        && end < range.end
        && text.as_str()[end..range.end].trim_start().len() > 1
        && text.any_has(end + 1..range.end, style)
}

/// Whether text is set apart here or has an uppercase letter.
fn begins_label(text: &FlatText, at: usize) -> bool {
    is_set_apart(text, at) || text.as_str()[at..].starts_with(char::is_uppercase)
}

fn is_set_apart(text: &FlatText, at: usize) -> bool {
    let style = text.style_at(at);
    style.has(Style::STRONG) || style.has(Style::CODE) || style.has(Style::EMPHASIS)
}

/// The label that ends where `range` does.
fn label_before(text: &FlatText, range: Range<usize>) -> Option<Range<usize>> {
    let content = &text.as_str()[range.clone()];
    let last = range.start + content.char_indices().next_back()?.0;
    if is_set_apart(text, last) {
        return Some(text.run_at(last).start.max(range.start)..range.end);
    }
    let mut start = range.end;
    for (at, word) in words(content).rev() {
        if !(is_label_word(word) && (start == range.end || !word.ends_with(['.', ',', ';', ':', ')']))) {
            break;
        }
        start = range.start + at;
    }
    (start < range.end && begins_label(text, start)).then_some(start..range.end)
}

/// The label that begins where `range` does.
fn label_after(text: &FlatText, range: Range<usize>) -> Option<Range<usize>> {
    let content = &text.as_str()[range.clone()];
    if !begins_label(text, range.start) || content.is_empty() {
        return None;
    }
    if is_set_apart(text, range.start) {
        return Some(range.start..text.run_at(range.start).end.min(range.end));
    }
    // What opens a dialog has a label that ends in an ellipsis.
    let dots = ["...", "…"].iter().filter_map(|dots| Some((content.find(dots)?, dots.len()))).min();
    let is_label = |label: &str| label.len() <= LONGEST_LABEL && !label.contains([',', ';', ':', '.']);
    if let Some((at, dots)) = dots.filter(|(at, _)| is_label(&content[..*at])) {
        return Some(range.start..range.start + at + dots);
    }
    let mut end = range.start;
    for (at, word) in words(content).take_while(|(_, word)| is_label_word(word)) {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '"', '\'']);
        end = range.start + at + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    (end > range.start).then_some(range.start..end)
}

/// The words of a text and where they start.
fn words(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

fn is_label_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || matches!(word, "&" | "/" | "+")
}
