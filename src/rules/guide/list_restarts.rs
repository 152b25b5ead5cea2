//! `guide/list-restarts`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::guide::{BlockKind, Guide, Inline, InlineKind, Interruption, NumberedItem};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/list-restarts", include_str!("list_restarts.md"), check)
    .warning()
    .safe_fix()
    .needs(&[Trait::ListsRestart]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    last_steps(page, found);
    for list in guide.numbered_lists() {
        let (Some(first), Some(interruption)) = (list.items.first(), &list.interruption) else { continue };
        let Some(part) = interruption.parts.first().filter(|_| guide.step_before(list).is_none()) else { continue };
        let after = &interruption.after;
        let finding = Finding::new(first.marker, format!("step {} is published as step 1", first.written))
            .label(*part, format!("not indented: the list ends after step {}", after.written))
            .help(help(guide, *part, after));
        let edits = indented(guide, interruption, first);
        found.push(finding.maybe_fix(edits.map(|edits| Fix::safe("indent the content of the step", edits))));
    }
}

/// A paragraph that names a button of the console, after a list and the table that ended it: the last step of the list.
fn last_steps(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let is_button =
        |label: &Inline| page.profile.console_buttons.iter().any(|name| name == guide.text_in(&label.text).trim());
    let buttons = guide.inlines.iter().filter(|label| label.kind == InlineKind::Strong && is_button(label));
    for label in buttons {
        let block = &guide.blocks[label.block];
        let text = guide.text_in(&block.text);
        let is_step = page
            .profile
            .interface
            .actions
            .iter()
            .any(|action| text.strip_prefix(action.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        if !is_step || block.kind != BlockKind::Paragraph {
            continue;
        }
        let parent = block.parent();
        let before = (parent.map_or(0, |parent| parent + 1)..label.block)
            .rev()
            .filter(|id| guide.blocks[*id].parent() == parent)
            .take(2);
        let kinds: Vec<&BlockKind> = before.map(|id| &guide.blocks[id].kind).collect();
        if let [BlockKind::Table { .. }, BlockKind::List { ordered: true, .. }] = kinds[..] {
            let finding = Finding::new(block.span, "step outside the list before it");
            found.push(finding.help("indent the table before it, and add the number of the step"));
        }
    }
}

fn help(guide: &Guide, part: Span, after: &NumberedItem) -> String {
    let is_indented = guide.source.position(part.start).column > 1;
    let by = if is_indented { "to" } else { "by" };
    format!("indent the content of step {} {by} {} spaces", after.written, after.content_column)
}

/// Moves the blocks to where the item's text begins.
fn indented(guide: &Guide, found: &Interruption, next: &NumberedItem) -> Option<Vec<Edit>> {
    let source = &guide.source;
    let column = |item: &NumberedItem| source.position(item.marker.start).column;
    if column(&found.after) != column(next) {
        return None;
    }
    let start = source.line(found.parts.first()?.start);
    let lines = (start..source.line(next.marker.start)).filter_map(|line| source.line_span(line));
    let lines: Vec<_> = lines.filter(|line| !source.slice(*line).trim().is_empty()).collect();
    let indent = |text: &str| text.bytes().take_while(|byte| *byte == b' ').count();
    let least = lines.iter().map(|line| indent(source.slice(*line))).min()?;
    // What a tag or an attribute list does depends on where it is.
    let plain = |text: &str| {
        let text = text.trim_start();
        text.starts_with("<img") || text.starts_with("<!--") || !text.starts_with(['<', '{', '\t'])
    };
    if !lines.iter().all(|line| plain(source.slice(*line))) {
        return None;
    }
    let blanks = " ".repeat((found.after.content_column as usize).checked_sub(least)?);
    Some(lines.into_iter().map(|line| Edit::insert_before(line, blanks.as_str())).collect())
}
