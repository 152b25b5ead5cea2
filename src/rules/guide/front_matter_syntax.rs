//! `guide/front-matter-syntax`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Page, Rule};
use crate::rules::problem;
use crate::source::Span;
use crate::tree::{ProblemKind, Value};

pub const RULE: Rule = Rule::guide("guide/front-matter-syntax", include_str!("front_matter_syntax.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let front_matter = &page.guide.front_matter;
    for problem in &front_matter.problems {
        let finding = problem::finding(problem);
        // Ruby's YAML takes the last of equal keys: the site is built.
        let is_read = problem.kind == ProblemKind::DuplicateKey;
        found.push(if is_read { finding.severity(Severity::Warning) } else { finding });
    }
    if let Some(node) = front_matter.node.as_ref().filter(|_| front_matter.problems.is_empty())
        && !matches!(node.value, Value::Mapping(_) | Value::Null)
    {
        let message = format!("invalid front matter: expected keys with values, found a {}", node.type_name());
        found.push(Finding::new(node.span, message).help("use one `key: value` per line"));
    }
    if front_matter.problems.is_empty() {
        found.extend(front_matter.span.and_then(|span| blank_line(page, span)));
    }
}

/// The first blank line between two keys, or after the last one. In a text over several lines it has a meaning.
fn blank_line(page: &Page<'_>, front_matter: Span) -> Option<Finding> {
    let written = page.guide.slice(front_matter);
    let mut lines = written.lines().skip(1).peekable();
    let mut last = "";
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        let is_between = !last.ends_with(['|', '>', '-', '+']) && next.starts_with(|c: char| !c.is_whitespace());
        if line.trim().is_empty() && is_between && !last.starts_with(char::is_whitespace) {
            let start = front_matter.range().start + (line.as_ptr() as usize - written.as_ptr() as usize);
            let place = page.guide.source.span(start..start + line.len());
            let finding = Finding::new(place, "blank line in the front matter").help("remove it");
            return Some(finding.severity(Severity::Info));
        }
        last = line;
    }
    None
}
