//! Headings that are published as a part of the list above them.

use std::cell::LazyCell;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Dialect;
use crate::guide::{BlockId, BlockKind, Guide, Heading};

/// Spaces that make a line a code block.
const CODE: usize = 4;

/// A heading that is not indented, right below an item of a list: kramdown takes it into the item.
pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    if guide.dialect != Dialect::Kramdown {
        return;
    }
    let code = LazyCell::new(|| code_lines(guide));
    for heading in guide.headings.iter().filter(|heading| !heading.setext) {
        let Some(parent) = guide.blocks[heading.block].parent() else { continue };
        let Some(item) = guide.blocks[parent].item() else { continue };
        let column = |at: u32| guide.source.position(at).column;
        if column(heading.span.start) > column(item.marker.start) {
            continue;
        }
        let finding = Finding::new(heading.span, format!("heading `{}` published inside a list item", heading.text))
            .label(item.marker, "list item")
            .help("add a blank line before the heading");
        found.push(finding.maybe_fix(repair(guide, heading, parent, &code)));
    }
}

/// Where the lines begin that are indented as far as code.
fn code_lines(guide: &Guide) -> Vec<u32> {
    let is_code = |line: &str| line.starts_with('\t') || line.len() - line.trim_start_matches(' ').len() >= CODE;
    let mut start = 0;
    let lines = guide.source.text().split_inclusive('\n').filter_map(|line| {
        let at = start;
        start += line.len() as u32;
        is_code(line.trim_end_matches(['\r', '\n'])).then_some(at)
    });
    lines.collect()
}

/// A blank line before the heading. A list that goes on below it would start again at 1, and lines that are indented
/// would be code.
fn repair(guide: &Guide, heading: &Heading, item: BlockId, code: &[u32]) -> Option<Fix> {
    let list = guide.blocks[item].parent()?;
    let end = guide.blocks[item].span.end;
    let next = guide.blocks.get(guide.blocks.partition_point(|block| block.span.start < end));
    let is_last = next.is_none_or(|next| next.parent() != Some(list))
        && guide.blocks[list]
            .parent()
            .is_none_or(|around| !matches!(guide.blocks[around].kind, BlockKind::Item(_) | BlockKind::Quote));
    let line = guide.source.line_span(guide.source.line(heading.span.start))?;
    let is_code = code.get(code.partition_point(|start| *start < line.start)).is_some_and(|start| *start < end);
    let edit = Edit::insert_before(line, guide.source.line_ending());
    (is_last && !is_code).then(|| Fix::safe("add a blank line", vec![edit]))
}
