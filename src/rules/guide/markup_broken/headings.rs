//! Headings that are published as a part of the list above them.

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Dialect;
use crate::guide::{BlockId, BlockKind, Guide, Heading};
use crate::source::Span;

/// Spaces that make a line a code block.
const CODE: usize = 4;

/// A heading that is not indented, right below an item of a list: kramdown takes it into the item.
pub(super) fn check(guide: &Guide, found: &mut Vec<Finding>) {
    if guide.dialect != Dialect::Kramdown {
        return;
    }
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
        found.push(finding.maybe_fix(repair(guide, heading, parent)));
    }
}

/// A blank line before the heading. A list that goes on below it would start again at 1, and lines that are indented
/// would be code.
fn repair(guide: &Guide, heading: &Heading, item: BlockId) -> Option<Fix> {
    let list = guide.blocks[item].parent()?;
    let is_last = guide.children(list).last() == Some(item)
        && guide.blocks[list]
            .parent()
            .is_none_or(|around| !matches!(guide.blocks[around].kind, BlockKind::Item(_) | BlockKind::Quote));
    let line = guide.source.line_span(guide.source.line(heading.span.start))?;
    let rest = guide.slice(Span { start: line.start, ..guide.blocks[item].span });
    let is_code = |line: &str| line.starts_with('\t') || line.len() - line.trim_start_matches(' ').len() >= CODE;
    let edit = Edit::insert_before(line, guide.source.line_ending());
    (is_last && !rest.lines().any(is_code)).then(|| Fix::safe("add a blank line", vec![edit]))
}
