//! Slips that make a YAML line something else than a key and its value. The parser notices them only on a later
//! line, where nothing is wrong.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::message::Explained;

/// How many lines before the parser's position are looked at.
const LINES: usize = 3;

/// A key at the start of a line, after the marks of a list.
macro_rules! line {
    ($rest:literal) => {
        LazyLock::new(|| {
            Regex::new(concat!(r"^[ \t]*(?:- +)*([A-Za-z_][\w.-]*)", $rest))
                .expect("the patterns are constants that the tests compile")
        })
    };
}

static NO_SPACE: LazyLock<Regex> = line!(r"(:)[^\s:/]");
static EQUALS: LazyLock<Regex> = line!(r"[ \t]*(=)");
static NO_COLON: LazyLock<Regex> = line!(r"([ \t]+)[^\s:#]+[ \t]*$");

/// The slip that an error at `at` comes from, if one is plain.
pub(super) fn find(text: &str, at: usize) -> Option<Explained> {
    conflict(text).or_else(|| lines_before(text, at).find_map(|line| in_line(text, line)))
}

/// Markers that a version control system leaves where two versions were to be merged.
fn conflict(text: &str) -> Option<Explained> {
    let starts = |mark: &str| line_starts(text).find(|start| text[*start..].starts_with(mark));
    let start = starts("<<<<<<< ").filter(|_| starts(">>>>>>> ").is_some())?;
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    Some(explained(start..end, "merge conflict marker", "resolve the conflict and remove the markers"))
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1))
}

/// The line of `at` and those before it, without empty lines and comments.
fn lines_before(text: &str, at: usize) -> impl Iterator<Item = Range<usize>> {
    let mut end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut is_over = false;
    let lines = std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let start = crate::source::line_start(text, end);
        let line = start..end;
        is_over = start == 0;
        end = start.saturating_sub(1);
        Some(line)
    });
    let is_content = |line: &Range<usize>| !matches!(text[line.clone()].trim_start().chars().next(), None | Some('#'));
    lines.filter(is_content).take(LINES)
}

fn in_line(text: &str, line: Range<usize>) -> Option<Explained> {
    let written = text[line.clone()].trim_end_matches('\r');
    let indent = written.len() - written.trim_start().len();
    if let Some((offset, space)) = written[..indent].char_indices().find(|(_, c)| !matches!(c, ' ' | '\t' | '\r')) {
        let place = line.start + offset..line.start + offset + space.len_utf8();
        return Some(explained(place, "no-break space before a key", "replace with a space"));
    }
    let place = |pattern: &Regex| {
        let part = pattern.captures(written)?.get(2)?.range();
        Some(line.start + part.start..line.start + part.end)
    };
    if let Some(place) = place(&NO_SPACE) {
        return Some(explained(place, "missing space after `:`", "add a space after `:`"));
    }
    if let Some(place) = place(&EQUALS) {
        return Some(explained(place, "`=` instead of `:`", "use `key: value`"));
    }
    let place = place(&NO_COLON)?;
    Some(explained(place, "missing `:` after the key", "use `key: value`"))
}

fn explained(range: Range<usize>, message: &str, help: &'static str) -> Explained {
    Explained { range, message: message.to_owned(), help: Some(help) }
}
