//! `guide/markup-broken`

mod backticks;
mod code;
mod headings;
mod literal;
mod punctuation;
mod samples;
mod stars;

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::dialect::Dialect;
use crate::guide::brackets::{is_open, unclosed};
use crate::guide::{BlockKind, Guide, LinkForm, Style};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/markup-broken", include_str!("markup_broken.md"), check).warning().safe_fix();

/// Bytes of a line that are read on each side of a mark.
const LONGEST_LINE: usize = 300;

/// The fewest backticks of a code block's first line.
const FENCE: usize = 3;

/// How many marks of a heading are visible at least: one may begin the name of a topic.
const HEADING_MARKS: std::ops::RangeInclusive<usize> = 2..=6;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    stars(page.guide, found);
    brackets(page.guide, found);
    backticks::check(page.guide, found);
    code::check(page, found);
    emphasis(page.guide, found);
    punctuation::check(page.guide, found);
    samples::check(page.guide, found);
    block_marks(page.guide, found);
    found.extend(conflict(page.guide));
    headings::check(page.guide, found);
    found.extend(unclosed(page.guide).into_iter().map(|at| {
        Finding::new(page.guide.text.span_of(at..at + 1), "unclosed bracket `(`").help("add the closing bracket")
    }));
}

/// A mark that is published beside emphasized text, or as a part of it: there are more marks on one side of the text
/// than on the other.
fn emphasis(guide: &Guide, found: &mut Vec<Finding>) {
    let (text, source) = (guide.text.as_str(), guide.source.text());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let bullets: HashSet<u32> = guide.glued_bullets().iter().map(|bullet| bullet.start).collect();
    for at in memchr::memchr2_iter(b'*', b'_', text.as_bytes()) {
        let mark = &text[at..=at];
        let (before, after) = (letter(text[..at].chars().next_back()), letter(text[at + 1..].chars().next()));
        if before == after && !text[..at].ends_with('.') || !guide.shows(&(at..at + 1), mark) {
            continue;
        }
        let place = guide.text.span_of(at..at + 1);
        if bullets.contains(&place.start) {
            continue;
        }
        let follows = source[..place.range().start].ends_with(mark);
        let precedes = source[place.range().end..].starts_with(mark);
        let style = |at: usize| guide.text.style_at(at);
        let is_set = |at: usize, set| style(at).has(set);
        // `***text**` begins with a star before bold text, and `**text*` with one in emphasis.
        let opens = after
            && (precedes && style(at) != style(at + 1)
                || follows && is_set(at, Style::EMPHASIS) && is_set(at + 1, Style::EMPHASIS));
        // One star after bold text marks a value as required.
        let closes = before && follows && is_set(at - 1, Style::EMPHASIS) && !is_set(at, Style::EMPHASIS);
        if opens || closes || after && !precedes && !follows && is_alone(guide, at) || ends_alone(guide, at) {
            found.push(
                Finding::new(place, format!("unbalanced emphasis: `{mark}` is visible"))
                    .help(format!("use the same number of `{mark}` before and after the text")),
            );
        }
    }
}

/// Whether a mark before a word has no other one after a word: at the start of a line, or in the middle of one.
fn is_alone(guide: &Guide, at: usize) -> bool {
    let (text, mark) = (guide.text.as_str(), guide.text.as_str().as_bytes()[at]);
    let before = &text[guide.text.line_before(at, LONGEST_LINE)];
    let rest = &text[guide.text.line_after(at + 1, LONGEST_LINE - 1)];
    let is_word = mark == b'*'
        || rest.starts_with(char::is_uppercase) && !rest.split(' ').next().is_some_and(|word| word.contains('_'));
    let in_middle = before.ends_with(' ') && before.trim_end().ends_with(char::is_alphanumeric);
    // At the start of a paragraph a star marks a footnote, and names begin with an underscore.
    let is_start = before.is_empty() && (at == 0 || text[..at].ends_with('\n')) && is_in_cell(guide, at);
    is_word
        && (in_middle || is_start)
        && !before.as_bytes().contains(&mark)
        && !rest.as_bytes().contains(&mark)
        && !literal::is_wildcard_or_note(text, at)
}

/// Whether a mark after the full stop of a paragraph has no other one before it: "**Save**.*", "the administrator._".
fn ends_alone(guide: &Guide, at: usize) -> bool {
    let (text, mark) = (guide.text.as_str(), guide.text.as_str().as_bytes()[at]);
    let line = guide.text.line_before(at, LONGEST_LINE);
    let before = &text[line.clone()];
    let Some(sentence) = before.strip_suffix('.').filter(|_| line.start == 0 || text[..line.start].ends_with('\n'))
    else {
        return false;
    };
    let ends = text[at + 1..].is_empty() || text[at + 1..].starts_with('\n');
    let last = sentence.rsplit(' ').next().unwrap_or_default();
    // "com.acme.*" stands for any name.
    let is_word = !last.is_empty() && last.len() < sentence.len() && last.chars().all(char::is_alphabetic);
    let is_bold = sentence.len() > last.len() && guide.text.style_at(at - 2).has(Style::STRONG);
    ends && is_word
        && (mark == b'_' || is_bold)
        && !sentence.as_bytes().contains(&mark)
        && !text[at + 1..text.floor_char_boundary(at + LONGEST_LINE)].contains(&format!("\n{}", char::from(mark)))
}

fn is_in_cell(guide: &Guide, at: usize) -> bool {
    let after = guide.blocks.partition_point(|block| block.text.start as usize <= at);
    let mut around = std::iter::successors(after.checked_sub(1), |block| guide.blocks[*block].parent());
    around.any(|block| matches!(guide.blocks[block].kind, BlockKind::Cell { .. }))
}

/// The marks of a heading without a space after them, and those of a code block that is never closed.
fn block_marks(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for (id, block) in guide.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph) {
        let own = guide.own_text(id);
        let line = &text[guide.text.line_after(own.start, LONGEST_LINE)];
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        if hashes + ticks == 0 || guide.text.span_of(own.start..own.start + 1).start != block.span.start {
            continue;
        }
        if HEADING_MARKS.contains(&hashes) && line[hashes..].starts_with(char::is_alphabetic) {
            let marks = guide.text.span_of(own.start..own.start + hashes);
            let message = format!("heading not rendered: visible `{}`", &line[..hashes]);
            found.push(Finding::new(marks, message).help(format!("add a space after `{}`", &line[..hashes])));
        } else if ticks >= FENCE
            && guide.dialect == Dialect::Kramdown
            && !guide.text.any_has(own.start..own.start + ticks, Style::CODE)
        {
            let marks = guide.text.span_of(own.start..own.start + ticks);
            let finding = Finding::new(marks, "code block not rendered: visible backticks");
            found.push(finding.help("close the code block with a line of as many backticks"));
        }
    }
}

/// The first line of a conflict between two versions of the file.
fn conflict(guide: &Guide) -> Option<Finding> {
    let text = guide.source.text();
    let mut at = memchr::memmem::find(text.as_bytes(), b"\n<<<<<<< ")? + 1;
    let place = guide.source.span(at..at + text[at..].find('\n')?);
    for mark in ["\n=======", "\n>>>>>>> "] {
        at += text[at..].find(mark)?;
    }
    let finding = Finding::new(place, "conflict markers of a merge").severity(Severity::Error);
    let is_shown = guide.is_in_code(place) || guide.elements(&["pre"]).around(place).next().is_some();
    (!is_shown).then(|| finding.help("keep one of the two versions, and remove the markers"))
}

fn stars(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let places = memchr::memmem::find_iter(text.as_bytes(), "**").map(|at| at..at + 2);
    let is_mark = |place: &Range<usize>| guide.shows(place, "**") && !literal::are_digits(text, place);
    let places: Vec<Range<usize>> = places.filter(is_mark).collect();
    stars::check(guide, &places, |place| literal::are_stars(text, place), found);
}

/// A second opening bracket before a link, `[[` text `](`, or a second closing one after it, `](` target `))`.
fn brackets(guide: &Guide, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    for link in &guide.links {
        let (start, end) = (link.text.start as usize, link.text.end as usize);
        if link.form == LinkForm::Inline {
            found.extend(code::glued(guide, &link.text, link.span, code::Part::Link));
        }
        let is_open = || is_open(&text[guide.text.line_at(start).start..start], '(', ')');
        if link.form == LinkForm::Inline && text[end..].starts_with(')') && !is_open() {
            let bracket = guide.text.span_of(end..end + 1);
            // The opening bracket may be what is missing.
            found.push(
                Finding::new(bracket, "visible `)`")
                    .help("remove the bracket")
                    .fix(Fix::needs_review("remove the bracket", vec![Edit::remove(bracket)])),
            );
        }
        if text[..start].ends_with('[') && !text[end..guide.text.line_at(end).end].contains(']') {
            let bracket = guide.text.span_of(start - 1..start);
            found.push(
                Finding::new(bracket, "visible `[`")
                    .help("remove the bracket")
                    .fix(Fix::safe("remove the bracket", vec![Edit::remove(bracket)])),
            );
        }
    }
}
