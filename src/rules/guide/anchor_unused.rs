//! `guide/anchor-unused`

use std::collections::HashSet;

use crate::diagnostic::Finding;
use crate::guide::{Tag, TagKind};
use crate::rule::{Page, Rule};

pub const RULE: Rule = Rule::guide("guide/anchor-unused", include_str!("anchor_unused.md"), check).info();

/// How many further anchors are shown.
const MOST_LABELS: usize = 8;

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    // Anchors on few pages repeat no heading.
    let mut anchors = guide.tags.iter().filter(|tag| is_anchor(tag)).peekable();
    if anchors.peek().is_none() || !page.site.is_known() {
        return;
    }
    let ids: HashSet<&str> = guide.headings.iter().map(|heading| heading.id.as_str()).collect();
    let name = |tag: &'_ Tag| tag.value("name").or_else(|| tag.value("id")).map(str::to_owned);
    let named = anchors.filter_map(|tag| Some((tag.span, name(tag)?)));
    // That an anchor repeats a heading is reported by another rule.
    let unused = named.filter(|(_, name)| !ids.contains(name.as_str()) && !page.site.links_to_anchor(name));
    let unused: Vec<_> = unused.collect();
    let Some((first, name)) = unused.first() else { return };
    let further = if unused.len() > 1 { format!(", and {} more", unused.len() - 1) } else { String::new() };
    let finding = Finding::new(*first, format!("unused anchor `{name}`{further}"));
    let others = unused[1..].iter().take(MOST_LABELS);
    let finding = others.fold(finding, |finding, (span, name)| finding.label(*span, format!("`{name}`")));
    found.push(finding.help("remove it, or link to it"));
}

/// Whether a tag is there for its name alone.
fn is_anchor(tag: &Tag) -> bool {
    tag.name == "a"
        && tag.kind == TagKind::Open
        && tag.value("href").is_none()
        && (tag.value("name").is_some() || tag.value("id").is_some())
}
