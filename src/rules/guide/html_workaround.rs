//! `guide/html-workaround`

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::guide::bare_urls::bare_urls;
use crate::guide::{Guide, Heading, Tag, TagKind};
use crate::rule::{Page, Rule, further};
use crate::source::Span;

pub const RULE: Rule =
    Rule::guide("guide/html-workaround", include_str!("html_workaround.md"), check).info().safe_fix();

/// Markers of lists that a backslash makes text.
const MARKERS: [&str; 3] = ["\\-", "\\*", "\\+"];

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let pairs = guide.tags.iter().filter_map(|tag| Some((tag, &guide.tags[tag.partner?])));
    let spans = pairs.clone().filter(|(open, _)| open.kind == TagKind::Open && open.name == "span");
    let urls = urls(page);
    // The rule about the URL sets it as code, without the tags.
    let is_in_url = |open: Span, close: Span| {
        let next = urls.partition_point(|url| url.end < open.start);
        urls.get(next).is_some_and(|url| url.start <= close.end)
    };
    // An attribute list after it gives it attributes.
    let has_list = |close: &Tag| guide.source.text()[close.span.range().end..].starts_with("{:");
    let plain = spans.filter(|(open, close)| open.attributes.is_empty() && !has_list(close));
    for (open, close) in plain.filter(|(open, close)| !is_in_url(open.span, close.span)) {
        let finding = Finding::new(open.span.to(close.span), "`<span>` used to prevent a link")
            .help("remove it, and use a code span for a URL that is not a link");
        let edits = vec![Edit::remove(open.span), Edit::remove(close.span)];
        let loose = is_loose(guide, open.span, close.span);
        found.push(if loose { finding.fix(Fix::safe("remove it", edits)) } else { finding });
    }
    found.extend(spare_anchors(page));
    found.extend(drawn(guide));
}

/// An escaped marker of a list at the start of a line: `\- or -`.
fn drawn(guide: &Guide) -> impl Iterator<Item = Finding> + '_ {
    let source = guide.source.text();
    let mut is_mark_of_note = false;
    memchr::memchr_iter(b'\\', source.as_bytes()).filter_map(move |at| {
        let marker = source.get(at..at + 2).filter(|marker| MARKERS.contains(marker))?;
        let before = source[..at].trim_end_matches([' ', '\t']);
        let place = guide.source.span(at..at + 2);
        let is_first = before.ends_with('\n') && source[at + 2..].starts_with(' ');
        // A word with the mark, and the note with the same one below: "Region\*".
        is_mark_of_note |= !is_first && before.len() == at && before.ends_with(|c: char| !c.is_whitespace());
        let is_text = guide.block_around(place).is_some() && !guide.is_in_code(place) && !guide.is_in_code_block(place);
        (is_first && is_text && !is_mark_of_note).then(|| {
            let finding = Finding::new(place, format!("layout drawn with an escaped list marker `{marker}`"));
            finding.help("use a list, or paragraphs of their own")
        })
    })
}

/// The URLs of a page that are not links, in order.
fn urls(page: &Page<'_>) -> Vec<Span> {
    let callbacks = page.callbacks.iter().map(|callback| callback.span);
    let mut urls: Vec<Span> = bare_urls(page.guide).map(|url| url.span).chain(callbacks).collect();
    urls.sort_unstable_by_key(|url| url.end);
    urls
}

/// Whether the text reads the same without the tags: the joined text makes no markup.
fn is_loose(guide: &Guide, open: Span, close: Span) -> bool {
    let text = guide.source.text();
    let content = &text[open.range().end..close.range().start];
    let before = text[..open.range().start].chars().next_back();
    let after = text[close.range().end..].chars().next();
    if content.is_empty() {
        return meet_as_text(before, after);
    }
    meet_as_text(before, content.chars().next()) && meet_as_text(content.chars().next_back(), after)
}

fn meet_as_text(one: Option<char>, other: Option<char>) -> bool {
    let (one, other) = (one.unwrap_or('\n'), other.unwrap_or('\n'));
    let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "/:.,-{}".contains(c);
    // After a space, `-` or a number could begin a list; two braces would be Liquid.
    let begins = one.is_whitespace() && !other.is_alphabetic() && !other.is_whitespace();
    plain(one) && plain(other) && !begins && !("{}".contains(one) && one == other)
}

/// Anchors that a heading offers anyhow, said once. The id of a heading with a wrong name changes with it.
fn spare_anchors(page: &Page<'_>) -> Option<Finding> {
    let guide = page.guide;
    let connector = page.contract.connector.as_ref().map_or("", |connector| connector.value.as_str());
    let is_right = |heading: &&Heading| page.profile.sections.respelt(&heading.text, connector).is_none();
    let ids: HashSet<&str> = guide.headings.iter().filter(is_right).map(|heading| heading.id.as_str()).collect();
    let spare = |tag: &&Tag| {
        let name =
            tag.value("name").or_else(|| tag.value("id")).filter(|_| tag.name == "a" && tag.kind == TagKind::Open);
        name.is_some_and(|name| ids.contains(name))
    };
    let whole = |tag: &Tag| Some(tag.span.to(guide.tags[tag.partner?].span)).filter(|_| tag.value("href").is_none());
    let anchors: Vec<Span> = guide.tags.iter().filter(spare).filter_map(whole).collect();
    let first = anchors.first()?;
    let empty = |span: &Span| guide.slice(*span).ends_with("></a>");
    let edits = anchors.iter().map(|span| Edit::remove(with_line(guide, *span))).collect();
    let help = if anchors.len() == 1 { "remove it" } else { "remove them" };
    let message = format!("`{}` repeats a heading id{}", guide.slice(*first), further(anchors.len()));
    let finding = Finding::new(*first, message).help(help);
    Some(if anchors.iter().all(empty) { finding.fix(Fix::safe("remove the anchors", edits)) } else { finding })
}

/// The whole line if nothing else is on it.
fn with_line(guide: &Guide, span: Span) -> Span {
    let source = &guide.source;
    let line = source.line(span.start);
    match (source.line_span(line), source.line_span(line + 1)) {
        (Some(own), Some(next)) if source.slice(own).trim() == source.slice(span) => own.at_start().to(next.at_start()),
        _ => span,
    }
}
