//! `guide/invisible-character`

use std::cell::LazyCell;
use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::InlineKind;
use crate::rule::{Mark, Page, Rule};
use crate::rules::joiners;
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/invisible-character", include_str!("invisible_character.md"), check)
    .warning()
    .safe_fix()
    .marked(&[Mark::CopiedPage]);

/// Characters of a line's start in which its first word is looked for.
const LONGEST_MARKER: usize = 40;

/// Bytes on each side of a character in which the lines of a drawing are looked for.
const LONGEST_DRAWING: usize = 200;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let text = page.guide.source.text();
    // Most pages have none but printable ASCII. To look at all bytes, without leaving early, is what processors do
    // many at once.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        return;
    }
    let preformatted = LazyCell::new(|| page.guide.elements(&["pre"]));
    let mut end = 0;
    let others = text.bytes().enumerate().filter(|(_, byte)| !is_plain(*byte)).map(|(at, _)| at);
    for (at, character) in others.filter_map(|at| Some((at, text.get(at..)?.chars().next()?))) {
        let Some(name) = name(character).filter(|_| at >= end && is_stray(text, at, character)) else { continue };
        end = at + text[at..].len() - text[at..].trim_start_matches(character).len();
        let span = page.guide.source.span(at..end);
        let is_code = page.guide.is_in_code(span) || preformatted.around(span).next().is_some();
        if is_code && is_blank(character) && is_drawing(line_around(text, at)) {
            continue;
        }
        let finding = Finding::new(span, format!("invisible character: {name} (U+{:04X})", u32::from(character)));
        let in_prose = is_blank(character) && is_in_prose(page, span);
        let finding = if in_prose { finding.severity(Severity::Info) } else { finding };
        found.push(match replacement(text, at..end, character, is_code) {
            Some((range, with)) => {
                let title = match with.len() {
                    0 => "remove it",
                    1 => "replace with a space",
                    _ => "replace with spaces",
                };
                let edits = vec![Edit::replace(page.guide.source.span(range), with.as_str())];
                // A space becomes a hyphen in a heading's id, and links may lead there.
                let changes_id = !with.is_empty() && page.guide.is_in_heading(span);
                let fix = Fix::safe_if(!changes_id, title, edits);
                if is_all_of_link(text, at..end) { finding.help(title) } else { finding.help(title).fix(fix) }
            }
            None => finding.help("remove it, or indent the line with spaces"),
        });
    }
}

/// Whether a line has the lines of a drawing, such as those between folders, which spaces keep in their columns.
fn is_drawing(line: &str) -> bool {
    line.contains(|c: char| ('\u{2500}'..='\u{257f}').contains(&c))
}

/// The line at `at`, as far as it is near.
fn line_around(text: &str, at: usize) -> &str {
    let start = text.floor_char_boundary(at.saturating_sub(LONGEST_DRAWING));
    let end = text.ceil_char_boundary((at + LONGEST_DRAWING).min(text.len()));
    let start = text[start..at].rfind('\n').map_or(start, |end| start + end + 1);
    let end = text[at..end].find('\n').map_or(end, |length| at + length);
    &text[start..end]
}

/// Whether a link has no other text: without it, the link cannot be seen.
fn is_all_of_link(text: &str, found: Range<usize>) -> bool {
    text[..found.start].ends_with('[') && text[found.end..].starts_with(']')
}

/// What to replace by what. At the start of a line a space would become an indent, which means something, except in
/// code, where each is a space. Other characters leave the spaces around them as they are.
fn replacement(text: &str, found: Range<usize>, character: char, is_code: bool) -> Option<(Range<usize>, String)> {
    if !is_blank(character) {
        let following = text[found.end..].chars().next();
        if following.is_some_and(|c| !matches!(c, '\n' | '\r')) {
            return Some((found, String::new()));
        }
        let kept = text[..found.start].trim_end_matches([' ', character]).len();
        // A line of nothing else is empty without it.
        let is_line = kept == 0 || text[..kept].ends_with('\n');
        return Some((if is_line { kept..found.end } else { found }, String::new()));
    }
    let following = text[found.end..].trim_start_matches(|c: char| c.is_whitespace() && !matches!(c, '\n' | '\r'));
    if following.is_empty() || following.starts_with(['\n', '\r']) {
        let kept = text[..found.start].trim_end_matches([' ', character]).len();
        return Some((kept..text.len() - following.len(), String::new()));
    }
    if is_code {
        let spaces = " ".repeat(text[found.clone()].chars().count());
        return Some((found, spaces));
    }
    // A space at the end of a link's text would be part of the link.
    if following.starts_with("](") || following.starts_with("][") {
        let kept = text[..found.start].trim_end_matches([' ', character]).len();
        return Some((kept..text.len() - following.len(), String::new()));
    }
    let before = text[..found.start].trim_end_matches([' ', '\t', '>']);
    let indents = before.is_empty() || before.ends_with('\n');
    (!indents).then(|| (found, " ".to_owned()))
}

/// Whether a place is after words of a text, where the character looks like a space. In code, targets and ids it is
/// another character, and before the first word it neither indents nor ends a marker.
fn is_in_prose(page: &Page<'_>, place: Span) -> bool {
    let guide = page.guide;
    let is_shown = || guide.inlines_around(place).all(|inline| inline.content.contains(place));
    let is_code = || guide.is_in_code_block(place) || guide.inlines_around(place).any(|it| it.kind == InlineKind::Code);
    let before = guide.source.text()[..place.range().start].chars().rev().take(LONGEST_MARKER);
    let follows_word = before.take_while(|c| *c != '\n').any(char::is_alphabetic);
    follows_word
        && guide.body.contains(place)
        && guide.block_around(place).is_some()
        && !guide.is_in_heading(place)
        && is_shown()
        && !is_code()
}

fn is_blank(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// A byte order mark at the very start belongs there.
fn is_stray(text: &str, at: usize, character: char) -> bool {
    (character != '\u{feff}' || at > 0) && !joiners::belongs(text, at, character)
}

/// What a reader cannot see (Unicode 15, general categories Zs, Cf and Cc, as far as they occur in text).
fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{2007}' | '\u{202f}' => "no-break space of another width",
        '\u{200b}' => "zero-width space",
        '\u{200c}' | '\u{200d}' => "zero-width joiner or non-joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "mark of writing direction",
        '\u{2028}' | '\u{2029}' => "line separator",
        '\u{2060}' | '\u{feff}' => "zero-width no-break space",
        '\t' | '\n' | '\r' => return None,
        character if character.is_control() => "control character",
        _ => return None,
    })
}
