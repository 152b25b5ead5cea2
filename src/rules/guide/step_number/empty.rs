//! Steps without a text.

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockKind, Guide, NumberedItem, NumberedList};
use crate::source::Span;

/// The steps of a list that are nothing but a number, or a number above what belongs to the step before it. Without
/// them the others have the numbers after them.
pub(super) fn find(guide: &Guide, list: &NumberedList, names_steps: impl Fn() -> bool) -> Vec<Finding> {
    let empty: Vec<usize> = (0..list.items.len()).filter(|at| is_empty(guide, list, *at)).collect();
    // A list of numbers only is a form to fill in.
    if empty.len() * 2 > list.items.len() {
        return Vec::new();
    }
    let finding = |at: &usize| {
        let item = &list.items[*at];
        let finding = Finding::new(item.marker, format!("step {} is empty", item.written)).severity(Severity::Warning);
        let before = at.checked_sub(1).map(|before| &list.items[before]);
        let finding = match before.filter(|_| guide.children(item.block).next().is_some()) {
            Some(before) => finding
                .help("remove the number: what follows belongs to the step before it")
                .label(before.marker, "step that goes on"),
            None => finding.help("remove the number, or write the step"),
        };
        finding
            .maybe_fix(Some(*at).filter(|_| empty.len() == 1 && !names_steps()).and_then(|at| repair(guide, list, at)))
    };
    empty.iter().map(finding).collect()
}

/// Whether a step has no text of its own. A command alone is a step, as is a list; below a colon they belong to it.
fn is_empty(guide: &Guide, list: &NumberedList, at: usize) -> bool {
    let item = &list.items[at];
    let line = guide.source.line_span(guide.source.line(item.marker.start));
    let is_bare = line.is_some_and(|line| guide.slice(Span { start: item.marker.end, ..line }).trim().is_empty());
    let announces = || at.checked_sub(1).is_some_and(|before| super::is_announcement(guide, &list.items[before]));
    is_bare
        && guide.children(item.block).next().is_none_or(|first| match guide.blocks[first].kind {
            BlockKind::Table { .. } => true,
            BlockKind::Code { .. } | BlockKind::List { .. } | BlockKind::Quote => announces(),
            _ => false,
        })
}

/// Whether a text names steps by their numbers: "Repeat step 3".
pub(super) fn names_steps(guide: &Guide) -> bool {
    let text = guide.text.as_str();
    let is_named =
        |at: usize| text[at..].split(' ').nth(1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    ["step", "steps"].iter().any(|word| guide.text.starts_of(word).any(is_named))
}

/// Without the number, and the steps after it renumbered.
fn repair(guide: &Guide, list: &NumberedList, at: usize) -> Option<Fix> {
    let item = &list.items[at];
    let all_ones = list.items.iter().all(|item| item.written == 1);
    let offset = list.items[0].written.checked_sub(list.items[0].shown).filter(|_| list.continues).unwrap_or(0);
    let right = |item: &NumberedItem| item.shown + offset - 1;
    let after = list.items[at + 1..].iter().filter(|item| !all_ones && item.written != right(item));
    let mut edits = after.map(|item| super::renumber(guide, item, right(item))).collect::<Option<Vec<_>>>()?;
    let line = guide.source.line_span(guide.source.line(item.marker.start))?;
    if !guide.slice(Span { end: item.marker.start, ..line }).trim().is_empty() {
        return None;
    }
    let next = guide.source.line_span(guide.source.line(item.marker.start) + 1);
    let is_alone = guide.children(item.block).next().is_none();
    // A blank line has to be before what follows.
    let end = if is_alone { next.map_or(line.end, |next| next.start) } else { line.end };
    edits.push(Edit::remove(Span { end, ..line }));
    Some(Fix::needs_review("remove the number", edits))
}
