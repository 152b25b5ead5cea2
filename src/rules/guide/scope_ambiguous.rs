//! `guide/scope-ambiguous`

use std::cell::LazyCell;
use std::ops::Range;

use crate::diagnostic::{Finding, Severity};
use crate::guide::{BlockKind, Heading, Link, Style};
use crate::rule::{Page, Rule};
use crate::scopes::Catalogue;
use crate::searchable::Searchable;

pub const RULE: Rule = Rule::convention("guide/scope-ambiguous", include_str!("scope_ambiguous.md"), check).warning();

/// Words that may be in "the required ... scopes": the connector's name.
const MOST_WORDS_BETWEEN: usize = 2;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    if page.contract.scopes.is_empty() {
        labels(page, found);
        unspecified(page, found);
        field(page, found);
    }
}

/// A required value for scopes in a guide that names none.
fn field(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let is_scopes =
        |name: &str| page.profile.scopes.names.as_slice().iter().any(|word| word.eq_ignore_ascii_case(name));
    let fields = page.contract.fields.iter().filter(|field| !field.optional && !field.conditional);
    let Some(field) = fields.into_iter().find(|field| is_scopes(&field.name.value)) else { return };
    let Some(place) = field.name.span.filter(|_| page.contract.scope_labels.is_empty() && field.samples.is_empty())
    else {
        return;
    };
    let block = guide.blocks_around(place).max();
    let row = block.map(|block| {
        let row = guide.blocks[block].parent().filter(|row| matches!(guide.blocks[*row].kind, BlockKind::Row { .. }));
        let own = &guide.blocks[row.unwrap_or(block)].text;
        own.start as usize..own.end as usize
    });
    if !row.is_some_and(|row| guide.text.any_has(row, Style::CODE)) {
        found.push(
            Finding::new(place, "scopes not listed")
                .severity(Severity::Info)
                .help("list the scopes that the connector needs, by the application's names"),
        );
    }
}

/// What the vendor's console calls several scopes, in one finding for each series.
fn labels(page: &Page<'_>, found: &mut Vec<Finding>) {
    let series = page.contract.scope_labels.chunk_by(|one, next| one.line == next.line);
    for labels in series {
        let (Some(first), Some(last)) =
            (labels.first().and_then(|label| label.span), labels.last().and_then(|label| label.span))
        else {
            continue;
        };
        let names: Vec<String> = labels.iter().map(|label| format!("`{}`", label.value)).collect();

        let mut finding = Finding::new(first.to(last), format!("{} does not identify the scopes", names.join(" or ")));
        if let Some((catalogue, scopes)) = meant(page, &labels[0].value) {
            let count = scopes.len();
            let examples = scopes.iter().take(2).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            finding = finding
                .here(format!(
                    "ambiguous scope: {} has {count} scopes that end in `{}`",
                    catalogue.name, labels[0].value
                ))
                .help(format!("list each scope that the connector needs: {examples}, ..."));
        }
        found.push(finding);
    }
}

/// The scopes whose label ends in `label`, in the catalog that has the label.
fn meant<'a>(page: &Page<'a>, label: &str) -> Option<(&'a Catalogue, Vec<&'a str>)> {
    page.own_catalogues().into_iter().find_map(|catalogue| {
        let scopes = catalogue.with_partial_label(label);
        (!scopes.is_empty()).then_some((catalogue, scopes))
    })
}

/// "Select the required scopes", and nothing in the guide that says which these are.
fn unspecified(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let text = guide.text.as_str();
    let words = &page.profile.scopes;
    let points_to_list = |link: &Link| {
        words.names.is_in(&guide.text.searchable_in(link.text.start as usize..link.text.end as usize))
            || link.target.contains("scope")
    };
    if !page.contract.scope_labels.is_empty() || guide.links.iter().any(points_to_list) {
        return;
    }
    let names = |heading: &Heading| words.words.is_in(&Searchable::new(&heading.text));
    let is_in_heading = LazyCell::new(|| guide.headings.iter().any(names));
    for (_, vague) in words.unspecified.find_in(&guide.text.searchable()) {
        let rest = &text[vague.end..];
        let sentence = rest.find(['.', ',', ':', ';', '\n']).map_or(rest, |end| &rest[..end]);
        let in_sentence = guide.text.searchable_in(vague.end..vague.end + sentence.len());
        let scopes = words.names.first_in(&in_sentence);
        let Some(name) = scopes.clone().or_else(|| words.words.first_in(&in_sentence)) else { continue };
        let end = vague.end + name.end;
        let rest_of_block = text[end..].split('\n').next().unwrap_or_default();
        let lists = rest_of_block.trim_start().starts_with([':', '(']) || rest_of_block.contains(':');
        let has_code = guide.text.any_has(end..end + rest_of_block.len(), Style::CODE);
        if sentence[..name.start].split_whitespace().count() > MOST_WORDS_BETWEEN || lists || has_code {
            continue;
        }
        // Permissions are often named in other ways.
        if scopes.is_none() && (!is_last_word(page, vague.start..end) || *is_in_heading) {
            continue;
        }
        let what = if scopes.is_some() { "scopes" } else { "permissions" };
        found.push(
            Finding::new(guide.text.span_of(vague.start..end), format!("{what} not listed"))
                .help(format!("list the {what} that the connector needs, by the application's names")),
        );
    }
}

/// Whether the guide says no more of permissions than the words at `range`, at the end of a sentence: no link, bold
/// text, list, table, or picture says which they are.
fn is_last_word(page: &Page<'_>, range: Range<usize>) -> bool {
    let guide = page.guide;
    let text = guide.text.as_str();
    let line = guide.text.line_at(range.start);
    let ends = text[range.end..].starts_with(['.', '\n']) || text[range.end..].is_empty();
    let style = |style| guide.text.any_has(line.clone(), style);
    let place = guide.text.span_of(range.clone());
    let block = guide.block_around(place).map_or(place, |block| block.span);
    let is_next = |kind: &BlockKind| matches!(kind, BlockKind::List { .. } | BlockKind::Table { .. });
    let next = guide.blocks.get(guide.blocks.partition_point(|next| next.span.start < block.end));
    ends && !style(Style::STRONG)
        && !style(Style::LINK)
        && !style(Style::HEADING)
        && !next.is_some_and(|next| is_next(&next.kind))
        && guide.images.last().is_none_or(|image| image.span.start <= block.start)
}
