//! `guide/setup-field-format`

use std::collections::BTreeMap;
use std::ops::Range;

use crate::contract::Field;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{BlockId, BlockKind, Inline, InlineKind, Style};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule =
    Rule::convention("guide/setup-field-format", include_str!("setup_field_format.md"), check).info().safe_fix();

/// A single value needs no table.
const FEWEST_VALUES: usize = 2;

/// More values than two are easier to read in a table.
const FEWEST_IN_TABLE: usize = 3;

/// A value of so many words is a sentence.
const FEWEST_IN_SENTENCE: usize = 6;

/// Bytes after a verb in which a step says what it asks for.
const LONGEST_STEP: usize = 200;

/// Words in the longest general name of values.
const LONGEST_OBJECT: usize = 9;

/// Words that refer to what earlier steps gave.
const REFERENCES: [&str; 18] = [
    "above", "before", "copied", "created", "earlier", "found", "generated", "gathered", "noted", "obtained", "prior",
    "previous", "previously", "received", "recorded", "retrieved", "saved", "stored",
];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    found.extend(page.contract.fields.iter().filter_map(|field| in_code(page, field)));
    // A guide of the earlier style is reported once, by another rule.
    if page.legacy_step.is_some() {
        let platform = &page.platform;
        let is_named = |field: &Field| {
            let block = field.name.span.and_then(|name| page.guide.block_around(name));
            block.is_some_and(|block| platform.contains(block.text.start as usize))
        };
        if !page.contract.fields.iter().any(is_named) {
            unnamed(page, found);
        }
        return;
    }
    let fields = &page.contract.fields;
    let in_lines: Vec<&Field> = fields.iter().filter(|field| is_line(page, field)).collect();
    if in_lines.len() >= FEWEST_VALUES
        && let Some(span) = in_lines[0].name.span
    {
        found.push(Finding::new(span, "values listed as plain lines").help(table(&page.profile.values.columns)));
    }
    in_one_step(page, found);
    unnamed(page, found);
    let mut tables: BTreeMap<BlockId, Vec<(&Field, Span)>> = BTreeMap::new();
    for field in fields {
        let Some((table, span)) = table_of(page, field).zip(field.name.span) else { continue };
        if !is_bold(page, field) && !field.name.value.contains('*') {
            tables.entry(table).or_default().push((field, span));
        }
    }
    found.extend(tables.values().map(|plain| not_bold(page, plain)));
}

/// A value whose description, all that follows its name, is a sentence set as code.
fn in_code(page: &Page<'_>, field: &Field) -> Option<Finding> {
    let (guide, name) = (page.guide, field.name.span?);
    let inlines = guide.inlines_of(text_block(page, name)?);
    let next = inlines.partition_point(|inline| inline.span.start < name.end);
    let code = inlines.get(next).filter(|inline| inline.kind == InlineKind::Code)?;
    let text = guide.text.as_str();
    let (start, end) = (code.text.start as usize, code.text.end as usize);
    let is_mark = |c: char| !c.is_alphanumeric();
    let line = guide.text.line_at(start);
    let is_after_name = text[line.start..start].trim_end_matches(is_mark).ends_with(&field.name.value);
    let is_all = text[end..line.end].chars().all(is_mark);
    let sentence = &text[start..end];
    let is_prose = sentence.split_whitespace().count() >= FEWEST_IN_SENTENCE
        && sentence.starts_with(char::is_uppercase)
        && !sentence.contains(['{', '<', '=']);
    (is_after_name && is_all && is_prose).then(|| {
        let message = format!("description of `{}` set as code", field.name.value);
        Finding::new(code.span, message).severity(Severity::Warning).help("remove the backticks")
    })
}

/// A step that asks for more values than a sentence holds.
fn in_one_step(page: &Page<'_>, found: &mut Vec<Finding>) {
    let named = page.contract.fields.iter().filter(|field| !is_line(page, field)).filter_map(|field| field.name.span);
    let mut steps: BTreeMap<BlockId, Vec<Span>> = BTreeMap::new();
    for span in named {
        if let Some(block) = text_block(page, span) {
            steps.entry(block).or_default().push(span);
        }
    }
    for (block, names) in steps {
        let first = names[0];
        let is_on_platform = page.platform.contains(page.guide.blocks[block].text.start as usize);
        let sentences = names.chunk_by(|one, next| {
            !page.guide.source.text()[one.range().end..next.range().start.max(one.range().end)].contains(". ")
        });
        let most = sentences.map(<[Span]>::len).max().unwrap_or(0);
        let asked = if is_on_platform && is_item(page, block) { most } else { 0 };
        let listed = || names.iter().map(|name| bold_list(page, block, *name)).find(|count| *count >= FEWEST_IN_TABLE);
        if let Some(count) = listed().or_else(|| (asked >= FEWEST_IN_TABLE).then_some(asked)) {
            let finding = Finding::new(first, format!("{count} values in one step"));
            found.push(finding.help(table(&page.profile.values.columns)));
        }
    }
}

/// Whether a text is all of a step's, or one of its paragraphs.
fn is_item(page: &Page<'_>, block: BlockId) -> bool {
    let is_item = |block: BlockId| matches!(page.guide.blocks[block].kind, BlockKind::Item(_));
    is_item(block) || page.guide.blocks[block].parent().is_some_and(is_item)
}

/// How many bold names are in the list that begins with the one at `first`.
fn bold_list(page: &Page<'_>, block: BlockId, first: Span) -> usize {
    let text = page.guide.text.as_str();
    let inlines = page.guide.inlines_of(block);
    let (before, after) = inlines.split_at(inlines.partition_point(|inline| inline.span.start <= first.start));
    let is_bold = |inline: &&Inline| inline.kind == InlineKind::Strong;
    let Some(mut last) = before.last().filter(is_bold).filter(|inline| inline.span.contains(first)) else { return 0 };
    let mut count = 1;
    for next in after.iter().filter(is_bold) {
        let between = text.get(last.text.end as usize..next.text.start as usize).unwrap_or_default();
        if !matches!(between.trim(), "," | "and" | ", and" | "or" | "&" | "/") {
            break;
        }
        (count, last) = (count + 1, next);
    }
    count
}

/// The paragraph or item that a name is in; `None` in a table.
fn text_block(page: &Page<'_>, name: Span) -> Option<BlockId> {
    let inner = page.guide.blocks_around(name).max()?;
    matches!(page.guide.blocks[inner].kind, BlockKind::Paragraph | BlockKind::Item(_)).then_some(inner)
}

/// A step that asks for what earlier steps gave, or for what is required, and does not say what that is.
fn unnamed(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let (text, platform) = (&guide.text, &page.platform);
    let mut last = 0..0;
    for (_, asks) in page.profile.values.steps.find_in(&text.searchable()) {
        if !platform.contains(asks.start) || last.contains(&asks.start) {
            continue;
        }
        let rest = text.line_after(asks.end, LONGEST_STEP);
        let object = rest.start..rest.start + end_of_object(&text.as_str()[rest.clone()]);
        if is_unnamed(page, object.clone()) && !names_follow(page, object.end..rest.end) {
            last = asks.start..rest.end;
            found.push(
                Finding::new(text.span_of(object.start + 1..object.end), "values without field names")
                    .help("use the field names of the console, in bold or in a table"),
            );
        }
    }
}

/// Where the object of a verb ends, at the end of its clause.
fn end_of_object(text: &str) -> usize {
    let ends = [". ", ", ", "; ", ":", " and ", " then ", " or ", " ("];
    let end = ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    text[..end].trim_end_matches('.').len()
}

/// Whether what a step asks for is only a general word for what is above: "the credentials retrieved from ...".
fn is_unnamed(page: &Page<'_>, object: Range<usize>) -> bool {
    let text = &page.guide.text;
    let words: Vec<&str> = text.as_str()[object.clone()].split_whitespace().collect();
    let general = words.iter().position(|word| page.profile.values.general_words.contains(word));
    let Some(general) = general.filter(|_| words.len() <= LONGEST_OBJECT) else { return false };
    let is_named = words[..general].windows(2).any(|pair| page.profile.field(&pair.join(" ")).is_some())
        || words[..general].iter().any(|word| page.profile.field(word).is_some());
    let refers = words.iter().any(|word| REFERENCES.contains(word))
        || page.profile.values.back_references.is_in(&text.searchable_in(object.clone()));
    let is_required = || {
        let demands = page.profile.scopes.unspecified.find_in(&text.searchable_in(object.clone()));
        let last = demands.last().map(|(_, place)| text.as_str()[object.start + place.end..object.end].trim());
        general + 1 == words.len() && last == words.last().copied()
    };
    // The table may be above: "the values of the above table".
    !is_named
        && !words.contains(&"table")
        && (refers || is_required())
        && ![Style::STRONG, Style::CODE].iter().any(|style| text.any_has(object.clone(), *style))
}

/// Whether names follow a general word, in the rest of its line or in the block after it.
fn names_follow(page: &Page<'_>, rest: Range<usize>) -> bool {
    let guide = page.guide;
    let next = guide.blocks.partition_point(|block| (block.text.start as usize) <= rest.end);
    let is_list = |kind: &BlockKind| matches!(kind, BlockKind::Table { .. } | BlockKind::List { .. });
    guide.text.as_str()[rest.clone()].contains(':')
        || guide.blocks[next..].first().is_some_and(|block| is_list(&block.kind))
}

/// One finding for the names in a table that are not bold; there is at least one.
fn not_bold(page: &Page<'_>, names: &[(&Field, Span)]) -> Finding {
    let (first, span) = names[0];
    let finding = Finding::new(span, format!("field name `{}` not bold", first.name.value))
        .help(format!("use `**{}**`, and bold for all names in the table", first.name.value));
    // Markup inside a name is left to the author.
    if names.iter().any(|(field, span)| page.guide.slice(*span) != field.name.value) {
        return finding;
    }
    let around = |(_, span): &(&Field, Span)| [Edit::insert_before(*span, "**"), Edit::insert_after(*span, "**")];
    finding.fix(Fix::safe("format the names in bold", names.iter().flat_map(around).collect()))
}

/// What to write instead of lines.
fn table(columns: &[String]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    match columns.as_slice() {
        [] => "convert to a table".to_owned(),
        columns => format!("use a table with the columns {}", columns.join(" and ")),
    }
}

/// Whether a value is asked for by a line that begins with its name: no table, no step.
fn is_line(page: &Page<'_>, field: &Field) -> bool {
    let Some(span) = field.name.span else { return false };
    let guide = page.guide;
    let Some(block) = guide.block_around(span) else { return false };
    let text = guide.text_in(&block.text).trim_start();
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_)) && text.starts_with(field.name.value.as_str())
}

/// The table that asks for a value.
fn table_of(page: &Page<'_>, field: &Field) -> Option<BlockId> {
    let span = field.name.span?;
    let is_table = |block: &BlockId| matches!(page.guide.blocks[*block].kind, BlockKind::Table { .. });
    page.guide.blocks_around(span).filter(is_table).max()
}

fn is_bold(page: &Page<'_>, field: &Field) -> bool {
    let is_strong = |inline: &Inline| inline.kind == InlineKind::Strong;
    field.name.span.is_some_and(|span| page.guide.inlines_around(span).any(is_strong))
}
