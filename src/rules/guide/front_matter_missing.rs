//! `guide/front-matter-missing`

use crate::diagnostic::Finding;
use crate::dialect::Trait;
use crate::rule::{Mark, Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::convention("guide/front-matter-missing", include_str!("front_matter_missing.md"), check)
    .needs(&[Trait::FrontMatter])
    .marked(&[Mark::CopiedPage]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let Some(first) = guide.source.line_span(1) else { return };
    if guide.front_matter.unclosed {
        let finding = Finding::new(first, "unclosed front matter");
        found.push(finding.help("add a line `---` after its last key"));
    } else if guide.front_matter.span.is_none() {
        let finding = match page.guide.front_matter.late.or_else(|| late_start(page)) {
            Some(late) if guide.slice(late).trim() != "---" => {
                Finding::new(late, "front matter without its first line").help("add a line `---` before it")
            }
            Some(late) => Finding::new(late, "front matter after the first line").help("remove the text before it"),
            None => Finding::new(first, "missing front matter").help(help(page)),
        };
        found.push(finding);
    }
}

/// A first line `---` after blank lines or with spaces before it.
fn late_start(page: &Page<'_>) -> Option<Span> {
    let source = &page.guide.source;
    let lines = (1..=source.line_count()).filter_map(|line| source.line_span(line));
    lines
        .into_iter()
        .find(|line| !source.slice(*line).trim().is_empty())
        .filter(|line| source.slice(*line).trim() == "---")
}

fn help(page: &Page<'_>) -> String {
    let keys: Vec<_> = page.profile.front_matter.required.iter().map(|key| format!("`{key}`")).collect();
    format!("start the page with {} between two lines `---`", keys.join(", "))
}
