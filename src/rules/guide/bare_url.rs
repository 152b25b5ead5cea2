//! `guide/bare-url`

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix};
use crate::dialect::Trait;
use crate::guide::bare_names::{bare_hosts, bare_mails};
use crate::guide::bare_urls::{BareUrl, Purpose, bare_urls};
use crate::guide::{Guide, Inline, Style};
use crate::rule::{Page, Rule, further};
use crate::source::{Places, Span};

pub const RULE: Rule = Rule::guide("guide/bare-url", include_str!("bare_url.md"), check)
    .info()
    .safe_fix()
    .needs(&[Trait::BareUrlsAreText]);

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let guide = page.guide;
    let mut callbacks: Vec<Span> = page.callbacks.iter().map(|callback| callback.span).collect();
    callbacks.sort_unstable_by_key(|callback| callback.start);
    let scopes: HashSet<&str> = page.contract.scopes.iter().map(|scope| scope.value.as_str()).collect();
    let mut addresses: Vec<Span> = callbacks.clone();
    for url in bare_urls(guide) {
        addresses.push(url.span);
        let earlier = callbacks.partition_point(|callback| callback.start < url.span.end);
        let is_callback = callbacks[..earlier].last().is_some_and(|callback| url.span.start < callback.end);
        let is_scope = scopes.contains(url.text);
        if is_callback || is_scope {
            continue;
        }
        found.push(within_site(page, &url).unwrap_or_else(|| finding(guide, &url)));
    }
    names(guide, &Places::new(addresses), found);
}

/// Hosts, said once, and mail addresses.
fn names(guide: &Guide, addresses: &Places, found: &mut Vec<Finding>) {
    let text = guide.text.as_str();
    let mut hosts = bare_hosts(guide);
    hosts.retain(|host| addresses.around(guide.text.span_of(host.clone())).next().is_none());
    if let Some(first) = hosts.first() {
        let further = further(hosts.len());
        let message = format!("host not formatted as code: `{}`{further}", &text[first.clone()]);
        let finding = Finding::new(guide.text.span_of(first.clone()), message);
        found.push(finding.help("use a code span for a host"));
    }
    for mail in bare_mails(guide) {
        let (span, address) = (guide.text.span_of(mail.clone()), &text[mail]);
        if guide.slice(span) == address {
            let fix = Fix::needs_review("convert to a link", vec![Edit::replace(span, format!("<{address}>"))]);
            let finding = Finding::new(span, format!("mail address as plain text: `{address}`"));
            found.push(finding.help(format!("use a link, `<{address}>`, or code for an example")).fix(fix));
        }
    }
}

/// An address on the site itself, which links there omit.
fn within_site(page: &Page<'_>, url: &BareUrl<'_>) -> Option<Finding> {
    let (host, path) = url.text.split_once("://")?.1.split_once('/')?;
    let is_own = page.profile.site.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    let path = page.site.address_after_redirect(path).unwrap_or(path);
    let finding = Finding::new(url.span, format!("bare URL `{}`", url.text));
    (is_own && !path.is_empty())
        .then(|| finding.help(format!("use a link within the site: `[name of the page]({path})`")))
}

fn finding(guide: &Guide, url: &BareUrl<'_>) -> Finding {
    let finding = Finding::new(url.span, format!("bare URL `{}`", url.text));
    let is_value = url.purpose == Purpose::Value;
    let (title, help) = if is_value {
        ("format as code", "use a code span for a URL that is a value or an example")
    } else {
        ("convert to a link", "use a link: `[text](address)` or `<address>`")
    };
    let finding = finding.help(help);
    let edits = if is_value { as_code(guide, url) } else { as_link(guide, url) };
    // The id of a heading changes with its text. A value that becomes a link sends its reader away.
    let is_sure = url.purpose != Purpose::Unclear && !guide.text.style_at(url.start).has(Style::HEADING);
    // What Liquid takes from its end is a part of it.
    match edits.filter(|_| url.is_whole && !guide.has_output_at(url.span.end)) {
        Some(edits) if is_sure => finding.fix(Fix::safe(title, edits)),
        Some(edits) => finding.fix(Fix::needs_review(title, edits)),
        None => finding,
    }
}

/// What makes the address a link; `None` if markup in it would be torn apart.
fn as_link(guide: &Guide, url: &BareUrl<'_>) -> Option<Vec<Edit>> {
    (is_markup_whole(guide, url.span) && guide.raw_is_whole(url.span))
        .then(|| vec![Edit::replace(url.span, format!("<{}>", url.text))])
}

/// What sets the address as code; `None` if markup in it would be torn apart.
fn as_code(guide: &Guide, url: &BareUrl<'_>) -> Option<Vec<Edit>> {
    let whole = guide.with_plain_spans(url.span)?;
    if !guide.can_be_code(url.range()) || !is_markup_whole(guide, whole) || !guide.raw_is_whole(whole) {
        return None;
    }
    // In code markup is printed as it is: the rendered text replaces it.
    let text = format!("`{}`", with_placeholders(guide, url)?);
    let is_liquid = url.text.contains("{{") || url.text.contains("{%");
    let text =
        if is_liquid && guide.raw_around(whole).is_none() { format!("{{% raw %}}{text}{{% endraw %}}") } else { text };
    let edit = Edit::replace(quoted(guide, whole).unwrap_or(whole), text);
    Some(match guide.raw_only_for(edit.span).filter(|_| !is_liquid) {
        Some([open, close]) => vec![Edit::remove(open), edit, Edit::remove(close)],
        None => vec![edit],
    })
}

/// Whether all markup around or in a part of the source begins and ends on the same side of it.
fn is_markup_whole(guide: &Guide, part: Span) -> bool {
    let inside = |inline: &&Inline| inline.span.start < part.end && part.start < inline.span.end;
    let is_whole = |inline: &Inline| part.contains(inline.span) || inline.content.contains(part);
    guide.inlines_at(part).filter(inside).all(is_whole)
}

/// The address with its emphasised parts in braces, if they are names.
fn with_placeholders(guide: &Guide, url: &BareUrl<'_>) -> Option<String> {
    let text = guide.text.as_str();
    let is_marked = |at: usize| {
        let style = guide.text.style_at(at);
        style.has(Style::STRONG) || style.has(Style::EMPHASIS)
    };
    let mut out = String::new();
    let mut at = url.start;
    let range = url.range();
    while at < range.end {
        let marked = is_marked(at);
        let end = (at..range.end).find(|end| is_marked(*end) != marked).unwrap_or(range.end);
        let part = &text[at..end];
        let is_name = part.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c));
        let is_braced = part.starts_with(['{', '[', '<']) || out.ends_with(['{', '[', '<']);
        match marked && end - at < range.len() && !is_braced {
            true if !is_name => return None,
            true => out.extend(["{", part, "}"]),
            false => out.push_str(part),
        }
        at = end;
    }
    Some(out)
}

/// An address with the quotes around it, which code replaces; none where quotes belong to what is written.
fn quoted(guide: &Guide, part: Span) -> Option<Span> {
    let source = guide.source.text();
    let (before, following) = (&source[..part.range().start], &source[part.range().end..]);
    let pairs = [('"', '"'), ('\'', '\''), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];
    let is_around = |(open, close): &(char, char)| before.ends_with(*open) && following.starts_with(*close);
    let (open, close) = pairs.into_iter().find(is_around)?;
    let before = before[..before.len() - open.len_utf8()].trim_end();
    let after = following[close.len_utf8()..].chars().next();
    let is_data = before.ends_with(['=', '{', '[', '"', '\'']) || before.ends_with("\":") || before.ends_with("':");
    let is_end = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)".contains(c));
    let range = part.range().start - open.len_utf8()..part.range().end + close.len_utf8();
    (!is_data && is_end).then(|| guide.source.span(range))
}
