//! `guide/card-unbalanced`

use std::ops::Range;

use crate::diagnostic::Finding;
use crate::guide::{Tag, TagKind};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::convention("guide/card-unbalanced", include_str!("card_unbalanced.md"), check);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let Some(card) = &page.profile.page.card else { return };
    let element = card.element.as_str();
    let mut open: Vec<&Tag> = Vec::new();
    let mut end = 0;
    for tag in &page.guide.tags {
        let misspelt = tag.misspells(element);
        if tag.name != element && !misspelt {
            continue;
        }
        if misspelt || tag.unclosed {
            found.push(broken(page, tag, element));
        }
        match tag.kind {
            TagKind::Close if open.pop().is_none() => {
                let finding =
                    Finding::new(tag.span, format!("`{}` without an opening tag", page.guide.slice(tag.span)));
                found.push(finding.help(opening(page, end..tag.span.start)));
            }
            TagKind::Open => {
                if let Some(outer) = open.pop() {
                    found.push(never_closed(page, outer).label(tag.span, "next card"));
                }
                open.push(tag);
            }
            _ => {}
        }
        end = tag.span.end;
    }
    found.extend(open.into_iter().map(|tag| never_closed(page, tag)));
}

/// Where the opening tag belongs: before the first heading in the part of the page that has none.
fn opening(page: &Page<'_>, part: Range<u32>) -> String {
    let headings = &page.guide.headings;
    let first = headings.partition_point(|heading| heading.span.start < part.start);
    let heading = headings.get(first).filter(|heading| heading.span.start < part.end);
    let Some((heading, card)) = heading.zip(page.profile.page.card.as_ref()) else {
        return "remove it, or add the opening tag".to_owned();
    };
    format!("add `<{} class=\"{}\">` before the heading `{}`", card.element, card.class, heading.text)
}

fn broken(page: &Page<'_>, tag: &Tag, element: &str) -> Finding {
    let written = page.guide.slice(tag.span);
    let slash = if tag.kind == TagKind::Close { "/" } else { "" };
    let right = if tag.unclosed { format!("<{slash}{element}>") } else { written.replacen(&tag.name, element, 1) };
    Finding::new(tag.span, format!("unknown HTML tag `{written}`")).help(format!("use `{right}`"))
}

fn never_closed(page: &Page<'_>, tag: &Tag) -> Finding {
    Finding::new(tag.span, format!("unclosed `{}`", page.guide.slice(tag.span)))
        .help(format!("add a line `</{}>` after the section", tag.name))
}
