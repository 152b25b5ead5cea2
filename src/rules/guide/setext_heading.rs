//! `guide/setext-heading`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::{BlockKind, Guide, Heading};
use crate::rule::{Page, Rule, with_last_marks_escaped};
use crate::source::{Span, line_start};

pub const RULE: Rule =
    Rule::convention("guide/setext-heading", include_str!("setext_heading.md"), check).info().safe_fix();

/// Deeper text is under a list item, or code.
const MOST_SPACES: usize = 3;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    for heading in guide.headings.iter().filter(|heading| heading.setext) {
        let marks = "#".repeat(usize::from(heading.level));
        let text = one_line(guide, heading);
        let written = format!("{marks} {}", with_last_marks_escaped(text.unwrap_or(&heading.text)));
        let finding = Finding::new(heading.span, format!("underlined heading `{}`", heading.text))
            .help(format!("use `{written}`"));
        let fix = left_edge(guide, heading).filter(|_| text.is_some()).map(|start| {
            let edit = Edit::replace(Span { start, ..heading.span }, written);
            Fix::safe(format!("use `{marks}`"), vec![edit])
        });
        found.push(finding.maybe_fix(fix));
    }
}

/// The text of a heading that has one line above the one that underlines it. A line of attributes is left alone.
fn one_line<'g>(guide: &'g Guide, heading: &Heading) -> Option<&'g str> {
    let lines: Vec<&str> = guide.slice(heading.span).lines().map(str::trim).collect();
    match lines[..] {
        [text, _] if !text.starts_with("{:") => Some(text),
        _ => None,
    }
}

/// Where the marks of a heading begin: kramdown's may not be indented. Under a list item, its own left edge is not
/// known.
fn left_edge(guide: &Guide, heading: &Heading) -> Option<u32> {
    let mut around = std::iter::successors(Some(heading.block), |id| guide.blocks[*id].parent());
    if around.any(|id| matches!(guide.blocks[id].kind, BlockKind::Item(_))) {
        return None;
    }
    let start = heading.span.range().start;
    let before = &guide.source.text()[line_start(guide.source.text(), start)..start];
    let spaces = before.len() - before.trim_end_matches(' ').len();
    match before.trim_end_matches(' ') {
        "" if spaces <= MOST_SPACES => Some(heading.span.start - spaces as u32),
        quote if quote.ends_with('>') && spaces <= 1 => Some(heading.span.start),
        _ => None,
    }
}
