//! `guide/lines-run-together`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{BlockKind, Guide, Inline, InlineKind};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::guide("guide/lines-run-together", include_str!("lines_run_together.md"), check).warning().unsafe_fix();

/// Lines of one word each that are read as a list.
const FEWEST_TOKENS: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    values(page.guide, found);
    tokens(page.guide, found);
    steps(page.guide, found);
    bullets(page.guide, found);
    lists(page.guide, found);
}

/// Lists in a form that is not read as one: `1)`, `Step 1:`, or a marker without a space after it.
fn lists(guide: &Guide, found: &mut Vec<Finding>) {
    for block in guide.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let start = block.span.range().start;
        let text = guide.slice(block.span);
        // A single line may begin with anything; two are a list.
        let mut markers = text.split_inclusive('\n').filter_map(|line| {
            let at = line.as_ptr() as usize - text.as_ptr() as usize + (line.len() - line.trim_start().len());
            let length = false_marker(line.trim_start())?;
            Some(guide.source.span(start + at..start + at + length))
        });
        let (Some(first), Some(second)) = (markers.next(), markers.next()) else { continue };
        let between = &guide.source.text()[first.range().end..second.range().start];
        if is_broken(between.trim_end_matches([' ', '\t', '>']).trim_end_matches(['\n', '\r'])) {
            continue;
        }
        let message = format!("`{}` is published on the same line as `{}`", guide.slice(second), guide.slice(first));
        let finding = Finding::new(second, message).label(first, "not read as a list");
        found.push(finding.help("start each line with `1.` or `*` and a space"));
    }
}

/// How long a marker is that is written as text: `Step 1:`, `**1.**`, `a.`.
fn named_marker(line: &str) -> Option<usize> {
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(rest) = line.strip_prefix("Step ") {
        let digits = number(rest);
        let ends = rest[digits..].starts_with([':', '.']);
        return (digits > 0 && ends).then_some("Step ".len() + digits + 1);
    }
    if let Some(rest) = line.strip_prefix("**") {
        let digits = number(rest);
        let end = [".**", ")**", "**."].iter().find(|end| rest[digits..].starts_with(**end));
        return end.filter(|_| digits > 0).map(|end| "**".len() + digits + end.len());
    }
    let bytes = line.as_bytes();
    let is_letter = bytes.first().is_some_and(u8::is_ascii_lowercase);
    (is_letter && (line[1..].starts_with(". ") || line[1..].starts_with(") "))).then_some(2)
}

/// How long the marker is that a line begins with and that begins no list: `1)`, `1.` and `-` without a space, a bullet of
/// a word processor.
fn false_marker(line: &str) -> Option<usize> {
    if let Some(length) = named_marker(line) {
        return Some(length);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let is_word = |text: &str| text.starts_with(|c: char| c.is_uppercase());
    if (1..=2).contains(&digits) {
        let is_list = rest.starts_with(") ") || rest.strip_prefix('.').is_some_and(is_word);
        return is_list.then_some(digits + 1);
    }
    let mark = line.chars().next().filter(|mark| matches!(mark, '-' | '\u{2022}' | '\u{2013}'))?;
    let after = &line[mark.len_utf8()..];
    (is_word(after) || mark != '-' && after.starts_with(' ')).then_some(mark.len_utf8())
}

/// Steps that the ones before them have swallowed, or that are in the paragraph beside their list.
fn steps(guide: &Guide, found: &mut Vec<Finding>) {
    let mut beside = None;
    for list in guide.numbered_lists() {
        for (at, step) in list.items.iter().enumerate() {
            let Some(number) = guide.lost_step(step, list.items.get(at + 1)) else { continue };
            let message = format!("step {} is published on the same line as step {}", step.written + 1, step.written);
            found.push(lost(guide, number, message).label(step.marker, "step that contains it"));
        }
        let numbers = [guide.step_before(list), guide.step_after(list)].into_iter().flatten();
        for number in numbers.filter(|number| beside.replace(*number) != Some(*number)) {
            let message = format!("step {} is published as a paragraph", digits(guide.slice(number)));
            found.push(lost(guide, number, message));
        }
    }
}

/// A number without the mark after it.
fn digits(number: &str) -> &str {
    number.trim_end_matches(|c: char| !c.is_ascii_digit())
}

/// A step whose number begins no item.
fn lost(guide: &Guide, number: Span, message: String) -> Finding {
    let source = guide.source.text();
    let right = format!("{}.", digits(guide.slice(number)));
    let finding = Finding::new(number, message).help(format!("start a line with `{right}` and a space"));
    let before = source[..number.range().start].trim_end_matches([' ', '\t', '>']);
    let space = if source[number.range().end..].starts_with(' ') { "" } else { " " };
    let fix = || Fix::needs_review("correct the number", vec![Edit::replace(number, right + space)]);
    finding.maybe_fix((before.is_empty() || before.ends_with('\n')).then(fix))
}

/// Bullets without a space after them.
fn bullets(guide: &Guide, found: &mut Vec<Finding>) {
    for bullet in guide.glued_bullets() {
        let finding = Finding::new(*bullet, "bullet published as text");
        let finding = finding.help(format!("add a space after `{}`", guide.slice(*bullet)));
        found.push(finding.fix(Fix::needs_review("add a space", vec![Edit::insert_after(*bullet, " ")])));
    }
}

/// Lines of one word each after a line that ends with a colon: hosts, numbers, names of versions.
fn tokens(guide: &Guide, found: &mut Vec<Finding>) {
    for block in guide.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let source = &guide.source;
        let numbers = source.line(block.span.start)..=source.line(block.span.end);
        let lines: Vec<Span> = numbers.filter_map(|line| source.line_span(line)).collect();
        let announces = |line: &Span| source.slice(*line).trim_end().ends_with(':');
        let Some(first) = lines.iter().position(announces) else { continue };
        let rest = &lines[first + 1..];
        let is_broken = |line: &Span| source.slice(*line).ends_with("  ") || source.slice(*line).ends_with('\\');
        if rest.len() < FEWEST_TOKENS || !rest.iter().all(|line| is_token(source.slice(*line)) && !is_broken(line)) {
            continue;
        }
        let [one, two] = [rest[0], rest[1]].map(|line| source.slice(line).trim());
        found.push(
            Finding::new(rest[1], format!("`{two}` is published on the same line as `{one}`"))
                .label(rest[0], "start of the lines")
                .help("add a blank line between the lines, or use a list"),
        );
    }
}

/// Whether a line is one word of plain text with a digit or a dot in it.
fn is_token(line: &str) -> bool {
    let word = line.trim().trim_start_matches(['>', ' ']);
    let is_plain = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "[]<>{}|*_`!".contains(c));
    is_plain && word.contains(|c: char| c.is_ascii_digit() || c == '.')
}

fn values(guide: &Guide, found: &mut Vec<Finding>) {
    let labels: Vec<&Inline> = guide.inlines.iter().filter(|inline| is_label(guide, inline)).collect();
    for labels in labels.chunk_by(|one, next| one.block == next.block) {
        let pairs = labels.windows(2).filter_map(|pair| <[&Inline; 2]>::try_from(pair).ok());
        let Some([first, second]) = pairs.into_iter().find(|pair| are_joined(guide, pair)) else { continue };
        let message = format!("`{}` is published on the same line as `{}`", name(guide, second), name(guide, first));
        found.push(
            Finding::new(second.span, message)
                .label(first.span, "start of the paragraph")
                .help("add a blank line between the lines, or use a list"),
        );
    }
}

/// Whether bold text is a name with a colon that begins a line of a paragraph.
fn is_label(guide: &Guide, inline: &Inline) -> bool {
    if inline.kind != InlineKind::Strong || guide.blocks[inline.block].kind != BlockKind::Paragraph {
        return false;
    }
    let (text, place) = (guide.source.text(), inline.span.range());
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let has_colon = after.starts_with(':') || guide.slice(inline.content).trim_end().ends_with(':');
    has_colon && matches!(before.trim_end_matches([' ', '\t', '>']).as_bytes().last(), None | Some(b'\n'))
}

/// Whether the second is in the line below the first and nothing breaks the line between them.
fn are_joined(guide: &Guide, [first, second]: &[&Inline; 2]) -> bool {
    let between = &guide.source.text()[first.span.range().end..second.span.range().start];
    let Some((line, rest)) = between.split_once('\n') else { return false };
    let line = line.trim_end_matches('\r');
    !rest.contains('\n') && !is_broken(line)
}

/// Whether the line breaks on the page where it ends in the source.
fn is_broken(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\') || line.trim_end().ends_with('>')
}

fn name<'a>(guide: &'a Guide, label: &Inline) -> &'a str {
    guide.slice(label.content).trim().trim_end_matches(':')
}
