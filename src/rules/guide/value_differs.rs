//! `guide/value-differs`

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::guide::bare_names::{ENDS_OF_HOSTS, bare_hosts};
use crate::guide::{Guide, InlineKind};
use crate::rule::{Page, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule::guide("guide/value-differs", include_str!("value_differs.md"), check).info();

/// Shorter parts of hosts are one letter away from others on purpose: `api` and `app`.
const SHORTEST_PART: usize = 6;

/// Hosts beyond these are not compared: the page is a list of links.
const MOST_HOSTS: usize = 100;

/// A host, how often it is written, and where first.
struct Host {
    name: String,
    times: usize,
    first: Span,
}

fn check(page: &Page<'_>, found: &mut Vec<Finding>) {
    let mut hosts = hosts(page.guide);
    hosts.truncate(MOST_HOSTS);
    // The rarer one is the slip, or the later one.
    hosts.sort_by_key(|host| (std::cmp::Reverse(host.times), host.first.start));
    for (at, host) in hosts.iter().enumerate() {
        if let Some(other) = hosts[..at].iter().find(|other| is_slip(&host.name, &other.name)) {
            found.push(
                Finding::new(host.first, format!("inconsistent host: `{}` and `{}`", host.name, other.name))
                    .label(other.first, "other spelling")
                    .help("use one host in both places"),
            );
        }
    }
}

/// The hosts of web addresses in links and in the text, in order of their first occurrence.
fn hosts(guide: &Guide) -> Vec<Host> {
    let text = guide.text.as_str();
    let targets = guide.links.iter().map(|link| (link.target.as_str(), link.target_span));
    let targets = targets.filter_map(|(target, span)| Some((host(target.split_once("://")?.1)?, span)));
    let starts = memchr::memmem::find_iter(text.as_bytes(), "://").map(|at| at + 3);
    let written = starts.filter_map(|at| {
        let host = host(&text[at..])?;
        Some((host, guide.text.span_of(at..at + host.len())))
    });
    let code = guide.inlines.iter().filter(|inline| inline.kind == InlineKind::Code);
    let code = code.map(|inline| inline.text.start as usize..inline.text.end as usize);
    let named = code.filter_map(|range| Some((whole_host(&text[range.clone()])?, guide.text.span_of(range))));
    let bare = bare_hosts(guide).into_iter().map(|range| (&text[range.clone()], guide.text.span_of(range)));
    let mut found: BTreeMap<String, Host> = BTreeMap::new();
    for (name, span) in targets.chain(written).chain(named).chain(bare) {
        let name = name.to_ascii_lowercase();
        let host = found.entry(name.clone()).or_insert(Host { name, times: 0, first: span });
        host.times += 1;
        host.first = host.first.min(span);
    }
    let mut hosts: Vec<Host> = found.into_values().collect();
    hosts.sort_by_key(|host| host.first.start);
    hosts
}

/// A text that is nothing but the name of a host, by its last part: other names in code have dots too.
fn whole_host(text: &str) -> Option<&str> {
    let host = host(text).filter(|host| host.len() == text.len())?;
    host.rsplit('.').next().is_some_and(|end| ENDS_OF_HOSTS.contains(&end)).then_some(host)
}

/// The host that a text begins with; `None` with a placeholder in it.
fn host(text: &str) -> Option<&str> {
    let end = text.bytes().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-')).count();
    let host = text[..end].trim_end_matches(['.', '-']);
    let is_whole = !text[end..].starts_with(['{', '[', '<', '*', '$', '%', '_']);
    (is_whole && host.contains('.')).then_some(host)
}

/// Whether the last two letters of two words are exchanged.
fn is_turned(one: &str, other: &str) -> bool {
    let turned = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        let last = letters.len().checked_sub(2)?;
        letters.swap(last, last + 1);
        Some(letters.into_iter().collect::<String>())
    };
    turned(one).as_deref() == Some(other)
}

/// Whether two hosts differ in the name of their domain, and there by one letter inside it. A plural is another host, and
/// below a domain there are hosts with names that are alike.
fn is_slip(one: &str, other: &str) -> bool {
    let mut differing = one.rsplit('.').zip(other.rsplit('.')).enumerate().filter(|(_, (one, other))| one != other);
    let (Some((1, (left, right))), None) = (differing.next(), differing.next()) else { return false };
    let ends = |part: &str| (part.as_bytes().first().copied(), part.as_bytes().last().copied());
    let is_word =
        |part: &str| part.len() >= SHORTEST_PART && part.bytes().all(|c| c.is_ascii_alphabetic() || c == b'-');
    one.split('.').count() == other.split('.').count()
        && is_word(left)
        && is_word(right)
        && (ends(left) == ends(right) || is_turned(left, right))
        && strsim::osa_distance(left, right) == 1
}
