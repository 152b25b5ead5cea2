//! Notes on a page: paragraphs that begin with a word such as "Note", and quotes that are nothing but
//! a sentence to the reader. Which words begin a note is for the caller to say.

use std::ops::Range;

use super::{Block, BlockId, BlockKind, Guide, Inline, InlineKind, Style};
use crate::source::Span;

/// A note, however it is written.
#[derive(Debug)]
pub struct Note {
    /// The paragraph.
    pub span: Span,
    /// The word that begins it with its markup and separator; `None` if there is no such word.
    pub lead: Option<Span>,
    /// Which word that is.
    pub word: usize,
    /// Whether it begins a quote.
    pub quoted: bool,
    /// Where its lines begin, if it could be made a quote by putting a marker there.
    pub lines: Vec<Span>,
    /// The closing marker of bold text or emphasis that is opened in the lead and goes beyond it.
    pub closing: Option<Span>,
}

/// The notes of a page, in order.
pub fn notes(guide: &Guide, words: &[String]) -> Vec<Note> {
    (0..guide.blocks.len()).filter_map(|block| note(guide, block, words)).collect()
}

fn note(guide: &Guide, id: BlockId, words: &[String]) -> Option<Note> {
    let block = &guide.blocks[id];
    if !holds_text(guide, id) || block.text.is_empty() {
        return None;
    }
    let quote = block.parent().filter(|parent| guide.blocks[*parent].kind == BlockKind::Quote);
    let quoted = quote.is_some_and(|quote| quote + 1 == id);
    let text = guide.text_of(id);
    let Some((word, lead)) = lead(text, words).or_else(|| bold_lead(guide, id, words)) else {
        let bare = quoted && is_remark(guide, quote?, text);
        let span = block.span;
        return bare.then(|| Note { span, lead: None, word: 0, quoted, lines: Vec::new(), closing: None });
    };
    // A list item's text begins after the marker, other text where its block begins.
    let mut start = match &block.kind {
        BlockKind::Item(_) => guide.text.span_of(block.text.start as usize..block.text.end as usize).start,
        _ => block.span.start,
    };
    let separator = block.text.start as usize + lead;
    let mut end = guide.text.span_of(separator - 1..separator).end;
    let mut closing = None;
    for inline in opened_in_lead(guide, id, separator) {
        start = start.min(inline.span.start);
        if inline.text.end as usize <= separator {
            end = end.max(inline.span.end);
        } else if closing.is_none() {
            let mark = Span { start: inline.content.end, ..inline.span };
            let (text, written) = (guide.text.as_str(), guide.slice(mark));
            let marks = text[separator..inline.text.end as usize].match_indices(written);
            let places = marks.map(|(at, mark)| separator + at..separator + at + mark.len());
            // Before a word, a mark opens what the last one closes. Elsewhere it is one of the text.
            let opens = |place: &Range<usize>| {
                let before = text[..place.start].ends_with([' ', '(']);
                before && text[place.end..].starts_with(char::is_alphanumeric) && guide.shows(place, written)
            };
            match (places.clone().filter(opens).count(), places.count()) {
                (0, _) => closing = Some(mark),
                (1, 1) => {}
                _ => return None,
            }
        } else {
            return None;
        }
    }
    let lines = if quoted { Vec::new() } else { lines(guide, block) };
    Some(Note { span: block.span, lead: Some(Span { start, end, ..block.span }), word, quoted, lines, closing })
}

/// Paragraphs, and list items whose text is not a paragraph of its own.
fn holds_text(guide: &Guide, id: BlockId) -> bool {
    let block = &guide.blocks[id];
    match block.kind {
        BlockKind::Paragraph => true,
        BlockKind::Item(_) => guide.blocks.get(id + 1).is_none_or(|next| next.text.start > block.text.start),
        _ => false,
    }
}

/// Bold text and emphasis that begin before the separator, outermost first.
fn opened_in_lead(guide: &Guide, id: BlockId, separator: usize) -> impl Iterator<Item = &Inline> {
    let styled = |inline: &&Inline| matches!(inline.kind, InlineKind::Strong | InlineKind::Emphasis);
    guide.inlines_of(id).iter().filter(styled).take_while(move |inline| (inline.text.start as usize) < separator)
}

/// A bold word that begins a note without a separator, before a sentence.
fn bold_lead(guide: &Guide, id: BlockId, words: &[String]) -> Option<(usize, usize)> {
    let text = guide.text_of(id);
    let (index, word) = word_at_start(text, words)?;
    let start = guide.blocks[id].text.start as usize;
    let is_bold = guide.text.all_have(start..start + word, Style::STRONG);
    let sentence = text[word..].strip_prefix(' ')?;
    let ends_bold = !guide.text.any_has(start + word + 1..start + word + 2, Style::STRONG);
    let begins = sentence.starts_with(char::is_uppercase) || words[index].contains(' ');
    (is_bold && ends_bold && begins).then_some((index, word))
}

/// The longest of the words that a text begins with, and its bytes.
fn word_at_start(content: &str, words: &[String]) -> Option<(usize, usize)> {
    let first = content.as_bytes().first().map(u8::to_ascii_lowercase);
    let begins = |word: &str| {
        // Most texts begin with another letter.
        word.as_bytes().first().map(u8::to_ascii_lowercase) == first
            && content.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let found = words.iter().enumerate().filter(|(_, word)| begins(word));
    found.max_by_key(|(_, word)| word.len()).map(|(index, word)| (index, word.len()))
}

/// Which word begins a note, and its bytes with its separator. An abbreviation needs none, and a word in uppercase
/// needs none before a sentence.
fn lead(text: &str, words: &[String]) -> Option<(usize, usize)> {
    // Markers of emphasis that is never closed are text.
    let content = text.trim_start_matches(['*', '_', ' ']);
    let (index, length) = word_at_start(content, words)?;
    let (word, rest) = content.split_at(length);
    let separator = rest.trim_start_matches([' ', '*', '_']);
    let at = text.len() - separator.len();
    let end = match separator.chars().next() {
        Some(':' | '!') => Some(at + 1),
        // "Note - read this" is a note, "note-taking" is a word.
        Some(dash @ ('-' | '–' | '—')) if rest.starts_with(' ') && separator[dash.len_utf8()..].starts_with(' ') => {
            Some(at + dash.len_utf8())
        }
        Some('.') if rest.starts_with(". ") && !word.contains(char::is_lowercase) => Some(at + 1),
        Some(first)
            if rest.starts_with(' ')
                && !word.contains(char::is_lowercase)
                && (first.is_uppercase() || !words[index].contains(char::is_lowercase)) =>
        {
            Some(at - (rest.len() - rest.trim_start().len()))
        }
        _ => None,
    };
    end.map(|end| (index, end))
}

/// Whether a quote is one paragraph of running text: a remark, and no list of values or path of menus.
fn is_remark(guide: &Guide, quote: BlockId, text: &str) -> bool {
    let begins_plain = !guide.text.style_at(guide.blocks[quote].text.start as usize).has(Style::STRONG);
    // The last of several sentences may lack its full stop after a path.
    let ends = text.trim_end().ends_with(['.', '!']) || text.contains(" > ") && has_sentence(text);
    let sentence = text.starts_with(char::is_uppercase) && ends;
    let alone = guide.children(quote).count() == 1;
    alone && begins_plain && sentence && text.split_whitespace().count() >= 6 && !text.ends_with("...")
}

/// Whether a sentence ends in a text before another one.
fn has_sentence(text: &str) -> bool {
    let is_word = |before: &str| {
        let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
        letters > 2 && before[..before.len() - letters].ends_with(' ')
    };
    text.match_indices(". ").any(|(at, _)| is_word(&text[..at]) && text[at + 2..].starts_with(char::is_uppercase))
}

/// Where the lines of a paragraph begin that has blank lines around it.
fn lines(guide: &Guide, block: &Block) -> Vec<Span> {
    let source = &guide.source;
    let (first, last) = (source.line(block.span.start), source.line(block.span.end));
    let text_of = |line: u32| source.line_span(line).map(|span| source.slice(span).trim());
    let apart = |line: Option<&str>| line.is_none_or(|text| text.is_empty() || text.starts_with(['<', '{', '#']));
    let in_item = block.parent().is_some_and(|parent| matches!(guide.blocks[parent].kind, BlockKind::Item(_)));
    let begins_item =
        block.parent().is_some_and(|parent| in_item && guide.blocks[parent].text.start == block.text.start);
    if block.kind != BlockKind::Paragraph
        || block.parent().is_some() && (!in_item || begins_item)
        || !apart(text_of(first - 1))
        || !apart(text_of(last + 1))
    {
        return Vec::new();
    }
    let starts = (first + 1..=last).filter_map(|line| {
        let span = source.line_span(line)?;
        let text = source.slice(span);
        let indent = (text.len() - text.trim_start().len()) as u32;
        Some(Span { start: span.start + indent, ..span }.at_start())
    });
    std::iter::once(block.span.at_start()).chain(starts).collect()
}
