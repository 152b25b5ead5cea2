//! `guide/markup-broken`

use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{Guide, Style};
use crate::rule::{Check, Fixable, Page, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/markup-broken",
    severity: Severity::Warning,
    fixable: Fixable::Safe,
    docs: include_str!("markup_broken.md"),
    needs: &[],
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    stars(page.guide, found);
    brackets(page.guide, found);
    backticks(page.guide, found);
}

/// Stars that the reader sees: bold text with blanks inside, or an odd pair of stars.
fn stars(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let places = memchr::memmem::find_iter(text.as_bytes(), "**").map(|at| at..at + 2);
    let places: Vec<Range<usize>> = places.filter(|place| is_shown(guide, place, "**")).collect();
    for line in places.chunk_by(|left, right| !text[left.end..right.start].contains('\n')) {
        match line {
            [alone] => found.push(
                Finding::new(guide.text.span_of(alone.clone()), "these stars are published as they are")
                    .help("close the bold text, or remove the stars"),
            ),
            line => found.extend(line.chunks_exact(2).filter_map(|pair| blank_inside(guide, &pair[0], &pair[1]))),
        }
    }
}

/// A second opening bracket before a link: `[[` text `](`.
fn brackets(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for link in &guide.links {
        let (start, end) = (link.text.start as usize, link.text.end as usize);
        if text[..start].ends_with('[') && !text[end..guide.text.line_at(end).end].contains(']') {
            let bracket = guide.text.span_of(start - 1..start);
            found.push(
                Finding::new(bracket, "this bracket is published as it is")
                    .help("remove it: one bracket begins a link")
                    .fix(Fix::safe("remove the bracket", vec![Edit::remove(bracket)])),
            );
        }
    }
}

/// A single backtick in a line with code: code begins where it should end, or the other way round.
fn backticks(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let places = memchr::memchr_iter(b'`', text.as_bytes()).map(|at| at..at + 1);
    let places: Vec<Range<usize>> = places.filter(|place| is_shown(guide, place, "`")).collect();
    for line in places.chunk_by(|left, right| !text[left.end..right.start].contains('\n')) {
        let [alone] = line else { continue };
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, behind) = (text[..alone.start].chars().next_back(), text[alone.end..].chars().next());
        let is_at_word = touches(before) || touches(behind) || before == Some('/');
        if is_at_word && guide.text.any_has(guide.text.line_at(alone.start), Style::CODE) {
            found.push(
                Finding::new(guide.text.span_of(alone.clone()), "this backtick is published as it is")
                    .help("put backticks before and behind each piece of code in this paragraph"),
            );
        }
    }
}

/// Bold text that begins or ends with a blank is none. Other stars may be bold to kramdown though not to
/// CommonMark, and stars with nothing between them have lost it to Liquid.
fn blank_inside(guide: &Guide, open: &Range<usize>, close: &Range<usize>) -> Option<Finding> {
    let text = guide.text.as_str();
    let inner = &text[open.end..close.start];
    if inner.trim().is_empty() || inner.trim() == inner {
        return None;
    }
    let whole = guide.text.span_of(open.start..close.end);
    if guide.is_written_by_liquid(whole) {
        return None;
    }
    let written = guide.slice(whole);
    // Where the blank parts two words, it moves out of the stars.
    let inside = &written[2..written.len() - 2];
    let joins = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !"([{/\"'\u{201c}\u{2018}".contains(c));
    let closes =
        |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !".,;:!?)]}/\"'\u{201d}\u{2019}".contains(c));
    let before = inside.starts_with(char::is_whitespace) && joins(text[..open.start].chars().next_back());
    let behind = inside.ends_with(char::is_whitespace) && closes(text[close.end..].chars().next());
    let blank = |stays: bool| if stays { " " } else { "" };
    let bold = format!("**{}**", inside.trim());
    let right = format!("{}{bold}{}", blank(before), blank(behind));
    let fix = Fix::safe("move the spaces out of the stars", vec![Edit::replace(whole, right)]);
    let message = format!("`{written}` is published with its stars");
    Some(Finding::new(whole, message).help(format!("write `{bold}`, with spaces only outside")).fix(fix))
}

fn is_shown(guide: &Guide, place: &Range<usize>, mark: &str) -> bool {
    !guide.text.any_has(place.clone(), Style::CODE) && guide.slice(guide.text.span_of(place.clone())) == mark
}
