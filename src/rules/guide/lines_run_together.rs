//! `guide/lines-run-together`

use crate::diagnostic::{Finding, Severity};
use crate::guide::{BlockKind, Guide, Inline, InlineKind};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/lines-run-together",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("lines_run_together.md"),
    needs: &[],
    check: Check::Guide(check),
};

/// Lines of one word each that are read as a list.
const FEWEST_TOKENS: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    values(page.guide, found);
    tokens(page.guide, found);
    steps(page.guide, found);
}

/// A step that the one before it has swallowed.
fn steps(guide: &Guide, found: &mut Vec<Finding>) {
    for pair in guide.numbered_lists().iter().flat_map(|list| list.items.windows(2)) {
        let [step, next] = pair else { continue };
        let Some(number) = guide.lost_step(step, next) else { continue };
        let message = format!("step {} is published on the same line as step {}", step.written + 1, step.written);
        found.push(
            Finding::new(number, message)
                .label(step.marker, "step that contains it")
                .help(format!("add a space after `{}`", guide.slice(number))),
        );
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
    let broken = line.ends_with("  ") || line.ends_with('\\') || line.trim_end().ends_with('>');
    !rest.contains('\n') && !broken
}

fn name<'a>(guide: &'a Guide, label: &Inline) -> &'a str {
    guide.slice(label.content).trim().trim_end_matches(':')
}
