//! Labels of an interface that are in running text without being set in bold: `click "Save"`.
//!
//! Which words announce a label (`click`, `button`) is for the caller to say.

use std::ops::Range;

use super::{BlockKind, FlatText, Guide, Inline, InlineKind, Style};
use crate::source::Span;

/// Bytes of a label at most.
const LONGEST_LABEL: usize = 40;

/// Opening and closing quotation marks.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

/// What an icon without a label is called by what it shows.
const PICTURES: [&str; 8] = ["Cog", "Gear", "Icon", "Pencil", "Bell", "Bin", "Arrow", "Wheel"];

/// The labels that are not bold: in quotation marks with one of `actions` before or one of `parts`
/// after them, or in uppercase right after the action that begins a step.
pub fn unmarked_labels(guide: &Guide, actions: &[String], parts: &[String]) -> Vec<Span> {
    let text = &guide.text;
    let announced = quoted(text.as_str()).filter(|label| {
        let line = text.line_at(label.start);
        let (before, following) = (&text.as_str()[line.start..label.start], &text.as_str()[label.end..line.end]);
        is_announced(before, following, actions, parts) && !text.all_have(line, Style::CODE)
    });
    let mut labels: Vec<Range<usize>> = announced.collect();
    for block in guide.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item(_))) {
        labels.extend(named_first(text, block.text.start as usize..block.text.end as usize, actions));
    }
    let marked = Style::STRONG;
    let plain = labels.into_iter().filter(|label| {
        !text.any_has(label.clone(), marked)
            && !text.any_has(label.clone(), Style::CODE)
            && !text.any_has(label.clone(), Style::LINK)
    });
    let mut spans: Vec<Span> = plain.map(|label| text.span_of(label)).collect();
    let set = guide.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Code | InlineKind::Emphasis));
    spans.extend(set.filter(|inline| is_set_otherwise(guide, inline, actions, parts)).map(|inline| inline.span));
    spans.sort();
    spans
}

/// Whether code or emphasis is the name of a label in words, in the place of one.
fn is_set_otherwise(guide: &Guide, inline: &Inline, actions: &[String], parts: &[String]) -> bool {
    let text = &guide.text;
    let label = inline.text.start as usize..inline.text.end as usize;
    let name = &text.as_str()[label.clone()];
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.len() <= LONGEST_LABEL
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '&' | '-'))
        && name.contains(char::is_lowercase);
    let others = [Style::STRONG, Style::LINK, Style::HEADING];
    let is_in_cell = matches!(guide.blocks[inline.block].kind, BlockKind::Cell { .. });
    is_name && !is_in_cell && !others.into_iter().any(|style| text.any_has(label.clone(), style)) && {
        let before = &text.as_str()[text.line_before(label.start, LONGEST_LABEL)];
        // "A `Message` field" is one of many, and no label.
        let article = before.trim_end().rsplit(' ').next().unwrap_or_default();
        if matches!(article, "a" | "A" | "an" | "An") {
            return false;
        }
        let following = &text.as_str()[text.line_after(label.end, LONGEST_LABEL)];
        is_announced(before, following, actions, parts)
    }
}

/// Texts in quotation marks in one line that begin with an uppercase letter, marks included.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    // The first bytes of the marks in UTF-8.
    memchr::memchr3_iter(b'"', b'\'', 0xe2, text.as_bytes()).filter_map(move |at| {
        // Most are apostrophes.
        if at < end || text[..at].ends_with(char::is_alphanumeric) {
            return None;
        }
        let mark = text[at..].chars().next()?;
        let closing = QUOTES.iter().find(|(open, _)| *open == mark)?.1;
        let inside = at + mark.len_utf8();
        if !text[inside..].trim_start_matches(['+', ' ']).starts_with(char::is_uppercase) {
            return None;
        }
        let mut near = text[inside..].char_indices().take_while(|(at, _)| *at <= LONGEST_LABEL);
        let length = near.find(|(_, c)| *c == closing || *c == '\n').map(|(at, _)| at).filter(|length| *length >= 2)?;
        let (label, following) = text[inside..].split_at(length);
        if !following.starts_with(closing) || label.contains(['.', '{', '[']) {
            return None;
        }
        end = inside + length + closing.len_utf8();
        Some(at..end)
    })
}

/// Whether a label between two parts of a line has an action before or a part of an interface after it.
fn is_announced(before: &str, following: &str, actions: &[String], parts: &[String]) -> bool {
    let following = following.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let before = before.trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let acts = |action: &String| {
        let start = before.len().checked_sub(action.len());
        start.is_some_and(|start| {
            before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(action))
                && !before[..start].ends_with(char::is_alphanumeric)
        })
    };
    parts.iter().any(|part| part.eq_ignore_ascii_case(following)) || actions.iter().any(acts)
}

/// `Click Create App`: the words in uppercase after the action that a step begins with.
fn named_first(text: &FlatText, item: Range<usize>, actions: &[String]) -> Option<Range<usize>> {
    let content = &text.as_str()[item.clone()];
    let begun = actions.iter().filter(|action| content.starts_with(action.as_str()));
    let action = begun.max_by_key(|action| action.len())?;
    let line = content.split('\n').next()?;
    let rest = line[action.len()..].strip_prefix(' ')?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let start = line.len() - rest.len();
    let mut end = start;
    for word in rest.split(' ').take_while(|word| word.starts_with(char::is_uppercase)) {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')', '!']);
        end += bare.len() + 1;
        if bare.len() < word.len() {
            break;
        }
    }
    let last = line[start..end.saturating_sub(1).max(start)].rsplit(' ').next().unwrap_or_default();
    (end > start + 2 && !PICTURES.contains(&last)).then(|| item.start + start..item.start + end - 1)
}
