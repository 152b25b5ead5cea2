//! `guide/html-workaround`

use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::guide::{Guide, Tag, TagKind};
use crate::rule::{Check, Fixable, Page, Rule};
use crate::source::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "guide/html-workaround",
    severity: Severity::Info,
    fixable: Fixable::Safe,
    docs: include_str!("html_workaround.md"),
    check: Check::Guide(check),
};

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let pairs = guide.tags.iter().filter_map(|tag| Some((tag, &guide.tags[tag.partner?])));
    let spans = pairs.clone().filter(|(open, _)| open.kind == TagKind::Open && open.name == "span");
    for (open, close) in spans.filter(|(open, _)| open.attributes.is_empty()) {
        found.push(
            Finding::new(open.span.to(close.span), "a `<span>` that only keeps text from becoming a link")
                .help("remove it; an address that is to be shown as text stands in a code span"),
        );
    }
    found.extend(spare_anchors(guide));
}

/// Anchors that a heading offers anyhow, said once.
fn spare_anchors(guide: &Guide) -> Option<Finding> {
    let spare = |tag: &&Tag| {
        let name =
            tag.value("name").or_else(|| tag.value("id")).filter(|_| tag.name == "a" && tag.kind == TagKind::Open);
        name.is_some_and(|name| guide.headings.iter().any(|heading| heading.id == name))
    };
    let whole = |tag: &Tag| Some(tag.span.to(guide.tags[tag.partner?].span)).filter(|_| tag.value("href").is_none());
    let anchors: Vec<Span> = guide.tags.iter().filter(spare).filter_map(whole).collect();
    let first = anchors.first()?;
    let empty = |span: &Span| guide.slice(*span).ends_with("></a>");
    let edits = anchors.iter().map(|span| Edit::remove(with_line(guide, *span))).collect();
    let finding = Finding::new(*first, format!("`{}` repeats the id of a heading", guide.slice(*first)))
        .help("remove it: links find the heading by its own id");
    Some(if anchors.iter().all(empty) { finding.fix(Fix::safe("remove such anchors", edits)) } else { finding })
}

/// The whole line if nothing else stands on it.
fn with_line(guide: &Guide, span: Span) -> Span {
    let source = &guide.source;
    let line = source.line(span.start);
    match (source.line_span(line), source.line_span(line + 1)) {
        (Some(own), Some(next)) if source.slice(own).trim() == source.slice(span) => own.at_start().to(next.at_start()),
        _ => span,
    }
}
