//! Reads the simplest texts: no marks but pairs of `**` or `*`, one after the other, links and ends of lines.
//!
//! Most texts have that form, and the parser takes several times as long for them. A text with anything else is
//! left to the parser: no parts are found unless there is only one way to read it (CommonMark 0.31, 6.2).

use std::ops::Range;

use super::{FILLER, TARGET};
use crate::guide::byte_set::ByteSet;
use crate::guide::lines::is_blank_byte;

/// Bytes that may be more than text to the parser.
const MARKS: ByteSet = ByteSet::of(b"\n*_[<&\\~`\0");

/// A part of a simple text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::guide) enum Part {
    Text,
    /// The start of emphasis; its range is all of it.
    Emphasis,
    /// The start of strong emphasis; its range is all of it.
    Strong,
    /// The end of emphasis.
    End,
    /// The start of a link to a target of [`super::Document::targets`]; its range is all of it.
    Link,
    LinkEnd,
    LineEnd,
}

/// Adds the parts of a masked text to `found`, with offsets from its `start` on; false if it is not simple.
pub(super) fn parts(text: &[u8], start: usize, found: &mut Vec<(Part, Range<usize>)>) -> bool {
    // The part that opened emphasis, and the stars it is opened by.
    let mut open: Option<(usize, usize)> = None;
    let (mut written, mut at) = (0, 0);
    while let Some(mark) = MARKS.find(&text[at..]).map(|offset| at + offset) {
        at = mark + 1;
        match text[mark] {
            b'_' if is_in_word(text, mark) => continue,
            b'\n' if mark > 0 && !is_blank_byte(text[mark - 1]) => {
                found.push((Part::Text, start + written..start + mark));
                found.push((Part::LineEnd, start + mark..start + at));
                at += text[at..].iter().take_while(|byte| **byte == b' ').count();
            }
            b'*' => {
                let count = text[mark..].iter().take_while(|byte| **byte == b'*').count();
                at = mark + count;
                found.push((Part::Text, start + written..start + mark));
                if let Some((index, opening)) = open.take() {
                    if count != opening || !closes(text, mark, at) {
                        return false;
                    }
                    found[index].1.end = start + at;
                    found.push((Part::End, start + mark..start + at));
                } else {
                    if count > 2 || !opens(text, mark, at) {
                        return false;
                    }
                    open = Some((found.len(), count));
                    let part = if count == 2 { Part::Strong } else { Part::Emphasis };
                    found.push((part, start + mark..start + at));
                }
            }
            b'[' => {
                let Some((content, end)) = link(text, mark) else { return false };
                found.push((Part::Text, start + written..start + mark));
                found.push((Part::Link, start + mark..start + end));
                found.push((Part::Text, start + content.start..start + content.end));
                found.push((Part::LinkEnd, start + content.end..start + end));
                at = end;
            }
            _ => return false,
        }
        written = at;
    }
    found.push((Part::Text, start + written..start + text.len()));
    open.is_none()
}

/// The content and the end of a link that begins at `start`: unmarked text and a masked target without a title.
fn link(text: &[u8], start: usize) -> Option<(Range<usize>, usize)> {
    let content = start + 1..start + 1 + memchr::memchr(b']', &text[start + 1..])?;
    let target = text[content.end..].strip_prefix(b"](")?;
    let length = target.iter().position(|byte| *byte != TARGET)?;
    let is_image = start > 0 && text[start - 1] == b'!';
    let is_link = !content.is_empty() && length > 0 && target[length] == b')' && !is_image;
    (is_link && MARKS.find(&text[content.clone()]).is_none()).then(|| (content.clone(), content.end + 2 + length + 1))
}

/// Whether `_` stands between letters or digits, where it is one of them.
fn is_in_word(text: &[u8], at: usize) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && is_word(text.get(at - 1)) && is_word(text.get(at + 1))
}

/// Whether stars in `start..end` open emphasis, whatever stands around.
fn opens(text: &[u8], start: usize, end: usize) -> bool {
    (start == 0 || is_apart(text[start - 1])) && text.get(end).is_some_and(|byte| is_beside(*byte))
}

/// Whether stars in `start..end` close emphasis, whatever stands around.
fn closes(text: &[u8], start: usize, end: usize) -> bool {
    is_beside(text[start - 1]) && text.get(end).is_none_or(|byte| is_apart(*byte))
}

/// Blanks and punctuation, for what stands outside emphasis.
fn is_apart(byte: u8) -> bool {
    is_blank_byte(byte) || byte.is_ascii_punctuation()
}

/// What is no blank, for what stands inside emphasis.
fn is_beside(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte == FILLER
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::super::{FILLER, is_safe_start};
    use super::{Part, parts};

    fn parsed(text: &str) -> Vec<(Part, std::ops::Range<usize>)> {
        let events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter();
        let part = |event: Event<'_>| match event {
            Event::Text(_) => Some(Part::Text),
            Event::SoftBreak => Some(Part::LineEnd),
            Event::Start(Tag::Emphasis) => Some(Part::Emphasis),
            Event::Start(Tag::Strong) => Some(Part::Strong),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => Some(Part::End),
            Event::Start(Tag::Link { .. }) => Some(Part::Link),
            Event::End(TagEnd::Link) => Some(Part::LinkEnd),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
            other => panic!("{text}: {other:?}"),
        };
        joined(events.filter_map(|(event, range)| Some((part(event)?, range))))
    }

    /// Parts with neighbouring texts as one and ends of elements without their place, as the parser gives all of them.
    fn joined(parts: impl Iterator<Item = (Part, std::ops::Range<usize>)>) -> Vec<(Part, std::ops::Range<usize>)> {
        let mut found: Vec<(Part, std::ops::Range<usize>)> = Vec::new();
        for (part, range) in parts.filter(|(part, range)| *part != Part::Text || !range.is_empty()) {
            match found.last_mut() {
                Some((Part::Text, last)) if part == Part::Text && last.end == range.start => last.end = range.end,
                _ if matches!(part, Part::End | Part::LinkEnd) => found.push((part, 0..0)),
                _ => found.push((part, range)),
            }
        }
        found
    }

    /// What is read here is what the parser reads.
    #[test]
    fn reads_as_the_parser() {
        let texts = [
            "Text \u{1a}\u{1a}\u{1a} and client_id",
            "Go to **Connectors** > **Application Connector Library**.",
            "**Note**: *one* and **two words.**",
            "**a.**, (**b**) \"*c*\" **(d)**.*e*",
            "**one\n    two** three\n    *four*!",
            "ends\n    **so**",
            "**\u{1a}\u{1a}** *\u{1a}*",
            "***",
            "[a b](xx), **[c](x)** and *d [\u{1a}](xxx) e*.",
            "[a](x)[b](x)",
            "![a](x)",
            "[a](x \"b\")",
            "[*a*](x)",
            "[]](x)",
            "[a]",
            "a **b c",
            "a**b** c",
            "**a**b",
            "** a**",
            "**a **b",
            "**a*",
            "*a **b** c*",
            "a ** b",
            "*a**b*",
            "**ä** b",
            "**a**ä",
            "**a**\u{a0}",
            "**\u{a0}a**",
        ];
        for text in texts {
            let mut found = Vec::new();
            let simple = parts(text.as_bytes(), 0, &mut found);
            assert!(!simple || joined(found.into_iter()) == parsed(text), "{text:?}");
        }
    }

    /// All short texts, begun as the document begins them.
    #[test]
    fn reads_short_texts_as_the_parser() {
        let pieces = ["a", " ", ".", "*", "_", "[", "](x)", "\n    ", "\u{e4}"];
        let mut simple = 0;
        for number in 0..pieces.len().pow(6) {
            let digits = (0..6).map(|place| number / pieces.len().pow(place) % pieces.len());
            let text: String = digits.map(|digit| pieces[digit]).collect();
            if text.trim() != text || text.contains("\n     ") || text.contains("\n    \n") {
                continue;
            }
            let text = if is_safe_start(&text) { text } else { format!("{}{text}", char::from(FILLER)) };
            let mut found = Vec::new();
            if parts(text.as_bytes(), 0, &mut found) {
                simple += 1;
                assert_eq!(joined(found.into_iter()), parsed(&text), "{text:?}");
            }
        }
        assert!(simple > 1000, "{simple}");
    }

    /// What is simple, and what is left to the parser.
    #[test]
    fn tells_what_is_simple() {
        let is_simple = |text: &str| parts(text.as_bytes(), 0, &mut Vec::new());
        for text in ["a", "a_b", "**a** *b*.", "**a**, (*b*)", "a\n    b", "**a\n    b**", "**[a](x)**"] {
            assert!(is_simple(text), "{text:?}");
        }
        for text in [
            "_a_",
            "a**b**",
            "**a *b* c**",
            "***a***",
            "**a",
            "a \n    b",
            "a \\* b",
            "[a]",
            "![a](x)",
            "[a]()",
            "&amp;",
            "~~a~~",
        ] {
            assert!(!is_simple(text), "{text:?}");
        }
    }
}
