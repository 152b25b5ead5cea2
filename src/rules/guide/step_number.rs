//! `guide/step-number`

mod empty;

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockId, Guide, NumberedItem, NumberedList, Style};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/step-number", include_str!("step_number.md"), check).info().safe_fix();

/// First words of sentences that introduce steps, if nothing in them is set apart.
const INTRODUCTIONS: [&str; 6] = ["complete ", "do ", "follow ", "in ", "perform ", "use these "];

/// A list with so few items may be a step and what belongs to it.
const FEWEST_STEPS: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let names_steps = LazyCell::new(|| empty::names_steps(guide));
    let outer: Vec<Option<NumberedItem>> = guide.numbered_lists().iter().map(|list| guide.outer_step(list)).collect();
    let with_inner: HashSet<BlockId> = outer.iter().flatten().map(|item| item.block).collect();
    for (list, outer) in guide.numbered_lists().iter().zip(outer) {
        let empty = empty::find(guide, list, || *names_steps);
        if !empty.is_empty() {
            found.extend(empty);
            continue;
        }
        if let Some(finding) = introduction(guide, list) {
            found.push(finding);
        } else if let Some(finding) = announced(guide, list) {
            found.push(finding);
            continue;
        }
        // A list that goes on with the numbers of another one is numbered from there.
        let first = list.items.first().filter(|_| list.continues);
        let offset = first.map_or(0, |first| first.written - first.shown);
        let right = |item: &NumberedItem| item.shown + offset;
        // `1.` before each item is a way to leave the numbers to Markdown.
        let all_ones = list.items.iter().all(|item| item.written == 1);
        let Some(wrong) = list.items.iter().find(|item| item.written != right(item)).filter(|_| !all_ones) else {
            continue;
        };
        // A number that is missing because its step is not an item of the list is right where it is.
        let is_lost = |pair: &[NumberedItem]| guide.lost_step(&pair[0], Some(&pair[1])).is_some();
        if list.items.windows(2).any(is_lost)
            || guide.step_before(list).is_some()
            || list.items.iter().any(|item| with_inner.contains(&item.block))
        {
            continue;
        }
        let inner = outer.filter(|outer| !is_announcement(guide, outer)).map(|outer| inner(wrong, &outer));
        let finding = inner.or_else(|| indented_more(guide, list, wrong)).or_else(|| out_of_order(list, offset));
        found.push(finding.unwrap_or_else(|| renumbered(guide, list, offset, || *names_steps)));
    }
}

/// The numbers as they are published. They are safe to write where others only go up, from the right one: elsewhere a step
/// may be missing or in the wrong place, and where the text names steps by their numbers, it may mean the written ones.
fn renumbered(guide: &Guide, list: &NumberedList, offset: u32, names_steps: impl Fn() -> bool) -> Finding {
    let wrong: Vec<&NumberedItem> = list.items.iter().filter(|item| item.written != item.shown + offset).collect();
    let first = wrong[0];
    let right = first.shown + offset;
    let finding = Finding::new(first.marker, format!("step {} is published as step {right}", first.written));
    let is_middle = first.marker != list.items[0].marker;
    let finding = finding.help(if is_middle {
        format!("use `{right}.`")
    } else {
        "number the steps from 1, or add the missing step".to_owned()
    });
    let is_even = list.items.iter().all(|item| column(guide, item) == column(guide, first));
    let edits: Option<Vec<_>> = wrong.iter().map(|item| renumber(guide, item, item.shown + offset)).collect();
    let rises = list.items.windows(2).all(|pair| pair[0].written <= pair[1].written);
    let fix = |edits| Fix::safe_if(is_middle && rises && !names_steps(), "number the steps in order", edits);
    finding.maybe_fix(edits.filter(|_| is_even).map(fix))
}

/// A step with extra indentation, which makes it the first of an inner list.
fn inner(first: &NumberedItem, outer: &NumberedItem) -> Finding {
    let message = format!("step {} is published as step 1 below step {}", first.written, outer.written);
    let finding = Finding::new(first.marker, message).label(outer.marker, "outer step").severity(Severity::Warning);
    finding.help(format!("indent it as much as step {}", outer.written))
}

/// A step before which a later one is, in a list that has all numbers.
fn out_of_order(list: &NumberedList, offset: u32) -> Option<Finding> {
    let pair = list.items.windows(2).find(|pair| pair[0].written > pair[1].written)?;
    let mut written: Vec<u32> = list.items.iter().map(|item| item.written).collect();
    written.sort_unstable();
    written.iter().zip(&list.items).all(|(number, item)| *number == item.shown + offset).then(|| {
        Finding::new(pair[1].marker, format!("step {} is after step {}", pair[1].written, pair[0].written))
            .help("put the steps in order, or renumber them")
    })
}

/// A step that ends with a colon and has nothing below it: what it announces is numbered as the next step.
fn announced(guide: &Guide, list: &NumberedList) -> Option<Finding> {
    let is_below = |pair: &&[NumberedItem]| column(guide, &pair[1]) <= column(guide, &pair[0]);
    let announces = |item: &NumberedItem| is_announcement(guide, item) && !is_name(guide.text_of(item.block));
    let is_alone = |pair: &&[NumberedItem]| announces(&pair[0]) && !is_announcement(guide, &pair[1]);
    let pair = list.items.windows(2).filter(is_below).find(is_alone)?;
    let message = format!("nothing follows the colon of step {} but step {}", pair[0].written, pair[1].written);
    let finding = Finding::new(pair[1].marker, message).severity(Severity::Warning);
    Some(finding.label(pair[0].marker, "step with the colon").help("indent it under the step, or use a full stop"))
}

/// Whether an item only names what its reader writes down: "Client ID:".
fn is_name(text: &str) -> bool {
    text.split_whitespace().count() <= 2 || !text.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
}

/// Whether the last mark of an item is a colon: nothing is below it. One that is marked with words before it belongs to
/// a label or to what is entered, unless all of the item is marked.
fn is_announcement(guide: &Guide, item: &NumberedItem) -> bool {
    let own = guide.own_text(item.block);
    let Some(before) = guide.text.as_str()[own.clone()].trim_end().strip_suffix(':') else { return false };
    let style = guide.text.style_at(own.start + before.len()).without(Style::RAW.with(Style::HTML));
    let source = guide.slice(guide.blocks[item.block].span).trim_end().trim_end_matches(['*', '_']);
    source.ends_with(':') && guide.text.all_have(own.start..own.start + before.len(), style)
}

/// A first step that only introduces the others: "1. To get a key:".
fn introduction(guide: &Guide, list: &NumberedList) -> Option<Finding> {
    let first = list.items.first().filter(|first| first.shown == 1 && list.items.len() > FEWEST_STEPS)?;
    let text = guide.text_of(first.block).trim();
    let begins = |word: &&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is_plain = guide.inlines_of(first.block).is_empty();
    let introduces = is_announcement(guide, first) && (begins(&"to ") || is_plain && INTRODUCTIONS.iter().any(begins));
    introduces.then(|| {
        Finding::new(first.marker, "introduction numbered as a step")
            .help("move it before the list, and renumber the steps")
    })
}

/// A step that is indented more than its list was meant as part of the step before: its number is not what is wrong.
fn indented_more(guide: &Guide, list: &NumberedList, wrong: &NumberedItem) -> Option<Finding> {
    let outer = list
        .items
        .iter()
        .rfind(|item| item.marker.start < wrong.marker.start && column(guide, item) < column(guide, wrong))?;
    let column = outer.content_column;
    Some(
        Finding::new(wrong.marker, format!("step {} is published as a step of the outer list", wrong.written))
            .label(outer.marker, "outer step")
            .severity(Severity::Warning)
            .help(format!("indent it by {column} spaces to nest it under step {}", outer.written)),
    )
}

fn column(guide: &Guide, item: &NumberedItem) -> u32 {
    guide.source.position(item.marker.start).column
}

/// A longer number would move the place where the item's further lines have to begin.
fn renumber(guide: &Guide, item: &NumberedItem, number: u32) -> Option<Edit> {
    let written = guide.slice(item.marker);
    let delimiter = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = format!("{number}{delimiter}");
    let one_line = !guide.slice(guide.blocks[item.block].span).contains('\n');
    (text.len() == written.len() || one_line).then(|| Edit::replace(item.marker, text))
}
