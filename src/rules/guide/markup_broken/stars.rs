//! Stars of bold text that are published.

use std::ops::Range;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{Guide, InlineKind, Style};
use crate::source::Span;

/// Marks of bold text that the reader sees, at `places` in order: with spaces inside of them, or an odd one, unless that is
/// what the author wants to show.
pub(super) fn check(
    guide: &Guide,
    places: &[Range<usize>],
    is_literal: impl Fn(&Range<usize>) -> bool,
    found: &mut Vec<Finding>,
) {
    let text = guide.text.as_str();
    for line in places.chunk_by(|left, right| !text[left.end..right.start].contains('\n')) {
        // The first of several marks in bold text is its end, the second begins the next one.
        if let Some(end) = line.iter().find(|place| guide.text.style_at(place.start).has(Style::STRONG)) {
            // Where it is empty, Liquid has taken the text.
            let is_empty = !end.start.checked_sub(1).is_some_and(|at| guide.text.style_at(at).has(Style::STRONG));
            let is_only = line.iter().filter(|place| guide.text.style_at(place.start).has(Style::STRONG)).count() == 1;
            let opened = || opened_twice(guide, end).filter(|_| is_only);
            found.extend((!is_empty).then(|| opened().unwrap_or_else(|| unended(guide, end))));
            continue;
        }
        match line {
            [alone] if is_literal(alone) => {}
            [alone] => found.push(visible_stars(guide, alone)),
            line => found.extend(line.chunks_exact(2).filter_map(|pair| blank_inside(guide, &pair[0], &pair[1]))),
        }
    }
}

fn visible_stars(guide: &Guide, place: &Range<usize>) -> Finding {
    Finding::new(guide.text.span_of(place.clone()), "visible `**`").help("close the bold text, or remove the asterisks")
}

/// Bold text in which other bold text begins, with stars between a space and a word: the first one is not closed.
/// A label before an arrow ends there.
fn opened_twice(guide: &Guide, place: &Range<usize>) -> Option<Finding> {
    let (text, marks) = (guide.text.as_str(), guide.text.span_of(place.clone()));
    let before = text[guide.text.run_at(place.start.checked_sub(1)?).start..place.start].strip_suffix(' ')?;
    let outer = guide.inlines_around(marks).find(|inline| inline.kind == InlineKind::Strong)?;
    if before.is_empty() || !text[place.end..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let open = Span { end: outer.content.start, ..outer.span };
    let finding = Finding::new(open, "bold text not closed").label(marks, "begins other bold text");
    let finding = finding.help("close it after the label");
    let written = &guide.source.text()[outer.content.range().start..marks.range().start];
    let label =
        [" > ", " -> ", " → "].iter().find_map(|arrow| written.strip_suffix(arrow)).filter(|label| !label.is_empty());
    let end = label.map(|label| Span { end: outer.content.start + label.len() as u32, ..outer.content });
    let edit = |label| vec![Edit::insert_after(label, "**")];
    Some(finding.maybe_fix(end.map(|label| Fix::needs_review("close it before the arrow", edit(label)))))
}

/// Stars that do not end the bold text that they are in, as after a space.
fn unended(guide: &Guide, place: &Range<usize>) -> Finding {
    let finding = visible_stars(guide, place);
    let (marks, text) = (guide.text.span_of(place.clone()), guide.source.text());
    let before = text[..marks.range().start].trim_end_matches(' ');
    let spaces = marks.range().start - before.len();
    if spaces == 0 || before.ends_with('\n') {
        return finding;
    }
    let is_apart = text[marks.range().end..].starts_with(|c: char| c.is_whitespace() || ".,;:!?)".contains(c));
    let moved =
        Edit::replace(Span { start: marks.start - spaces as u32, ..marks }, if is_apart { "**" } else { "** " });
    finding.help("move the space outside the asterisks").fix(Fix::needs_review("move the space", vec![moved]))
}

/// Bold text that begins or ends with a space is not one. Other stars may be bold to kramdown though not to
/// CommonMark, and stars with nothing between them have lost it to Liquid.
fn blank_inside(guide: &Guide, open: &Range<usize>, close: &Range<usize>) -> Option<Finding> {
    let text = guide.text.as_str();
    let inner = &text[open.end..close.start];
    if inner.trim().is_empty() || inner.trim() == inner {
        return None;
    }
    let whole = guide.text.span_of(open.start..close.end);
    let written = guide.slice(whole);
    if guide.is_written_by_liquid(whole) || written.contains('\n') {
        return None;
    }
    // Where the space separates two words, it moves out of the stars.
    let inside = &written[2..written.len() - 2];
    let joins = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !"([{/\"'\u{201c}\u{2018}".contains(c));
    let closes =
        |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !".,;:!?)]}/\"'\u{201d}\u{2019}".contains(c));
    let before = inside.starts_with(char::is_whitespace) && joins(text[..open.start].chars().next_back());
    let following = inside.ends_with(char::is_whitespace) && closes(text[close.end..].chars().next());
    let blank = |stays: bool| if stays { " " } else { "" };
    let bold = format!("**{}**", inside.trim());
    let right = format!("{}{bold}{}", blank(before), blank(following));
    // The stars may be an operator: "2 ** 3 ** 2", "a ** b ** c".
    let is_operand = |word: &str| word.chars().count() == 1 || word.bytes().all(|byte| byte.is_ascii_digit());
    let last = text[..open.start].trim_end().rsplit(char::is_whitespace).next();
    let next = text[close.end..].split_whitespace().next();
    if [last, Some(inside.trim()), next].into_iter().flatten().all(is_operand) {
        return None;
    }
    // Stars with spaces on both sides may be what the text is about: "press ** twice **". A label is bold.
    let is_beside = inside.trim_end() == inside || inside.trim_start() == inside;
    let is_label = inside.trim().starts_with(char::is_uppercase);
    let edit = Edit::replace(whole, right);
    let fix = Fix::safe_if(is_beside || is_label, "move the spaces outside the asterisks", vec![edit]);
    let message = format!("bold text not rendered: `{written}`");
    Some(Finding::new(whole, message).help(format!("use `{bold}`, with spaces only outside")).fix(fix))
}
