//! What a fix changes, as a small diff: the lines before and after it, cut around what differs.

use std::fmt::Write;
use std::ops::Range;

use anstyle::{AnsiColor, Effects};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Terminal;
use super::redact::Entry;
use super::snippet::{BYTES_PER_COLUMN, Drawing, Line};
use super::style::{frame, paint};
use crate::source::FileId;

/// More lines are only counted: whoever wants to see all of them asks for `--diff`.
const MOST_LINES: usize = 6;

/// What is between the number of a line and its text.
const MARGIN: usize = " | + ".len();

/// A line of the diff.
struct Changed<'a> {
    /// `-` or `+`.
    sign: char,
    /// Its number in the file, before or after.
    number: usize,
    text: &'a str,
    /// The bytes of it that differ.
    differs: Range<usize>,
    /// The first character that is shown.
    start: usize,
}

/// The diff of an entry's fix; empty if there is no fix, if a secret is in its lines, or if the difference is
/// invisible: that of one space and another, or an empty line.
///
/// Line numbers take at least `gutter` columns.
/// A line that `drawing` shows already is not repeated before what it becomes.
pub(super) fn diff(entry: &Entry, drawing: &Drawing, gutter: usize, terminal: Terminal) -> String {
    let Some((before, after, (file, first_line))) = sides(entry, terminal.width) else { return String::new() };
    if looks(&before).eq(looks(&after)) {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let gutter = (first_line + old.len().max(new.len()) - 1).to_string().len().max(gutter);
    let width = terminal.width.saturating_sub(gutter + MARGIN);
    let mut changed = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            let is_drawn = |line: usize| drawing.lines.contains(&(file, (first_line + line) as u32));
            add_hunk((&old, op.old_range()), (&new, op.new_range()), width, is_drawn, &mut changed);
        }
    }
    // A new empty line is said by the title of the fix, and cannot be seen.
    if changed.iter().all(|line| line.text.trim().is_empty()) {
        return String::new();
    }
    let left_out = changed.len().saturating_sub(MOST_LINES);
    changed.truncate(MOST_LINES);
    let draw = |line: &Changed| draw(line, first_line, gutter, width, terminal);
    let mut out: String = changed.iter().map(draw).collect();
    if left_out > 0 {
        let lines = if left_out == 1 { "line" } else { "lines" };
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:gutter$} … {left_out} more {lines}: see `--diff`", "");
    }
    out
}

/// The lines that the fix touches, before and after, and where the first one is. Of long lines only what is
/// near the change: more than can be shown.
fn sides(entry: &Entry, width: usize) -> Option<(String, String, (FileId, usize))> {
    let (span, text) = entry.replacement()?;
    let file = entry.files.get(&span.file)?;
    let first = file.line(span.start);
    let lines = file.line_span(first)?.to(file.line_span(file.line(span.end))?).range();
    let reach = BYTES_PER_COLUMN * width + entry.secrets.longest();
    let end = file.text().ceil_char_boundary(lines.end.min(span.range().end + reach));
    // Lines that are not shown in pairs are shown from their start.
    let is_paired = file.slice(span).matches('\n').count() == text.matches('\n').count();
    let near = if is_paired { span.range().start.saturating_sub(reach).max(lines.start) } else { lines.start };
    let lines = file.text().floor_char_boundary(near)..end;
    let before = file.text().get(lines.clone())?;
    let kept = |range: Range<usize>| file.text().get(range);
    let after = [kept(lines.start..span.range().start)?, &text, kept(span.range().end..lines.end)?].concat();
    let bare = !file.is_hidden(lines) && [before, &after].iter().all(|side| entry.secrets.places_in(side).is_empty());
    bare.then(|| (before.to_owned(), after, (file.id(), first as usize)))
}

/// A text as the reader sees it, every space the same.
fn looks(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|character| if character.is_whitespace() && character != '\n' { ' ' } else { character })
}

/// Adds the lines of a hunk. As many new lines as old ones are shown in pairs, each below its own.
fn add_hunk<'a>(
    (old, removed): (&[&'a str], Range<usize>),
    (new, added): (&[&'a str], Range<usize>),
    width: usize,
    is_drawn: impl Fn(usize) -> bool,
    out: &mut Vec<Changed<'a>>,
) {
    if removed.len() == added.len() {
        let is_repeated = removed.clone().all(is_drawn);
        for (from, to) in removed.zip(added) {
            let (before, after) = differing(old[from], new[to]);
            let start = start([(old[from], &before), (new[to], &after)], width);
            if !is_repeated {
                out.push(Changed { sign: '-', number: from, text: old[from], differs: before, start });
            }
            out.push(Changed { sign: '+', number: to, text: new[to], differs: after, start });
        }
        return;
    }
    let whole = |sign, number, text: &'a str| Changed { sign, number, text, differs: 0..0, start: 0 };
    out.extend(removed.map(|at| whole('-', at, old[at])));
    out.extend(added.map(|at| whole('+', at, new[at])));
}

/// Where to begin showing a pair of lines: at the same character, with what differs in the middle.
fn start(pair: [(&str, &Range<usize>); 2], width: usize) -> usize {
    let characters = |text: &str| text.chars().count();
    if pair.iter().all(|(text, _)| characters(text) <= width) {
        return 0;
    }
    let differing = pair.iter().map(|(text, differs)| characters(&text[(*differs).clone()])).max().unwrap_or_default();
    let [(text, differs), _] = pair;
    let longest = pair.iter().map(|(text, _)| characters(text)).max().unwrap_or_default();
    let centred = characters(&text[..differs.start]).saturating_sub(width.saturating_sub(differing) / 2);
    centred.min(longest - width)
}

/// What is left of two lines between the start and the end that they share.
fn differing(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let shared = |a: &str, b: &str, back: bool| -> usize {
        let (mut a, mut b) = (a.chars(), b.chars());
        let mut bytes = 0;
        loop {
            let pair = if back { (a.next_back(), b.next_back()) } else { (a.next(), b.next()) };
            match pair {
                (Some(one), Some(other)) if one == other => bytes += one.len_utf8(),
                _ => return bytes,
            }
        }
    };
    let start = shared(before, after, false);
    let end = shared(&before[start..], &after[start..], true);
    (start..before.len() - end, start..after.len() - end)
}

fn draw(line: &Changed, first_line: usize, gutter: usize, width: usize, terminal: Terminal) -> String {
    let shown = Line::of(line.text);
    let shown = if shown.width() > width { shown.window(line.start, width) } else { shown };
    let (from, to) = (shown.start_of(line.differs.start), shown.end_of(line.differs.end));
    let text = shown.text();
    let color = if line.sign == '-' { AnsiColor::Red } else { AnsiColor::Green }.on_default();
    let part = |range: Range<usize>, style| match text.get(range) {
        Some(part) if !part.is_empty() => paint(part, style, terminal),
        _ => String::new(),
    };
    let to = to.max(from);
    let parts =
        [part(0..from, color), part(from..to, color.effects(Effects::INVERT)), part(to..text.len(), color)].concat();
    let sign = paint(&line.sign.to_string(), color, terminal);
    let space = if parts.is_empty() { "" } else { " " };
    let number = paint(&format!("{:>gutter$} |", line.number + first_line), frame(), terminal);
    format!("{number} {sign}{space}{parts}\n")
}
