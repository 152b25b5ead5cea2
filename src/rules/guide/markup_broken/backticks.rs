//! Backticks without a counterpart.

use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{Guide, Style};
use crate::source::Span;

/// A single backtick in a line with code, or on one side of a word: code begins where it should end, or the other way round.
pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let places = memchr::memchr_iter(b'`', text.as_bytes()).map(|at| at..at + 1);
    let places: Vec<Range<usize>> = places.filter(|place| guide.shows(place, "`")).collect();
    for line in places.chunk_by(|left, right| !text[left.end..right.start].contains('\n')) {
        let [alone] = line else { continue };
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, following) = (text[..alone.start].chars().next_back(), text[alone.end..].chars().next());
        let is_at_word = touches(before) || touches(following) || before == Some('/');
        let around = guide.text.line_at(alone.start);
        // "O`Neil" has an apostrophe, and "`name'" quotation marks.
        let mark = guide.text.span_of(alone.clone()).range().start;
        let is_escaped = guide.source.text()[..mark].ends_with('\\');
        let is_alone = || !is_escaped && touches(before) != touches(following) && !text[around.clone()].contains('\'');
        if is_at_word && (guide.text.any_has(around.clone(), Style::CODE) || is_alone()) {
            let source = guide.text.span_of(around);
            found.push(cause(guide, source).unwrap_or_else(|| {
                Finding::new(guide.text.span_of(alone.clone()), "visible backtick")
                    .help("use one backtick before and one after each piece of code")
            }));
        }
    }
}

/// What a backtick can do where it is: the character before it and the one after it say so.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// The first backtick of a line that cannot be what it is by the number of those before it: the word before it lacks one
/// at its start, or the code before it has no end.
fn cause(guide: &Guide, line: Span) -> Option<Finding> {
    let source = guide.slice(line);
    if source.contains("``") || source.contains("\\`") {
        return None;
    }
    let side = |at: usize| {
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match (touches(source[..at].chars().next_back()), touches(source[at + 1..].chars().next())) {
            (true, false) => Side::Closes,
            (false, true) => Side::Opens,
            _ => Side::Either,
        }
    };
    let mut open = None;
    for at in memchr::memchr_iter(b'`', source.as_bytes()) {
        match (open, side(at)) {
            (None, Side::Closes) => return without_start(guide, line, at),
            (Some(before), Side::Opens) => {
                return Some(before).filter(|at| side(*at) == Side::Opens).map(|at| without_end(guide, line, at));
            }
            (None, _) => open = Some(at),
            (Some(_), _) => open = None,
        }
    }
    open.map(|at| without_end(guide, line, at))
}

fn without_start(guide: &Guide, line: Span, at: usize) -> Option<Finding> {
    let source = guide.slice(line);
    let is_of_word = |c: char| !c.is_whitespace() && !matches!(c, '(' | '[' | '"' | '\'' | '*' | '`');
    let start = source[..at].rfind(|c| !is_of_word(c)).map_or(0, |before| source.ceil_char_boundary(before + 1));
    let place = guide.source.span(line.range().start + start..line.range().start + at + 1);
    let word = Some(&source[start..at]).filter(|word| !word.is_empty() && !source[..start].ends_with('`'))?;
    let fix = Fix::needs_review(format!("add a backtick before `{word}`"), vec![Edit::insert_before(place, "`")]);
    let finding = Finding::new(place, format!("no backtick before `{word}`"));
    Some(finding.help("add a backtick where the code begins").fix(fix))
}

fn without_end(guide: &Guide, line: Span, at: usize) -> Finding {
    let at = line.range().start + at;
    Finding::new(guide.source.span(at..at + 1), "code without an end").help("add a backtick where the code ends")
}
