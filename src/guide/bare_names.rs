//! Hosts and mail addresses in running text that are neither a link nor code.

use std::ops::Range;

use super::{BlockKind, Guide, Style};

/// Last labels of hosts that are not the endings of files.
pub const ENDS_OF_HOSTS: [&str; 9] = ["com", "net", "org", "io", "co", "eu", "uk", "cloud", "dev"];

/// A host of fewer labels may be the name of a product: `Acme.com`.
const FEWEST_LABELS: usize = 3;

/// How the domain of an address ends that is an example.
const OF_EXAMPLES: [&str; 7] = ["example", "email", "mail", "company", "domain", "test", "acme"];

/// Words in a request to write to an address, or in its name.
const OF_CONTACTS: [&str; 5] = ["contact", "support", "email us", "info@", "help"];

/// Bytes before an address in which it is said what it is for.
const LONGEST_SENTENCE: usize = 120;

/// The hosts in running text, in order; those in tables are values of their own.
pub fn bare_hosts(guide: &Guide) -> Vec<Range<usize>> {
    let text = guide.text.as_str();
    let mut end = 0;
    let hosts = memchr::memchr_iter(b'.', text.as_bytes()).filter_map(|dot| {
        let range = (dot >= end).then(|| word_around(text, dot))?;
        // No host begins with the full stops after it.
        end = range.end.max(dot + 1);
        end += text[end..].bytes().take_while(|c| matches!(c, b'.' | b'-')).count();
        let host = &text[range.clone()];
        let is_apart = !text[..range.start].ends_with(['/', '@', '\\', ']', '}', '>', '_', '=', ':', '.', '*'])
            && !text[range.end..].starts_with(['/', '@', '\\', '[', '{', '<', '_', '=', ':', '*']);
        (is_apart && is_host(host)).then_some(range)
    });
    let styles = [Style::CODE, Style::LINK, Style::HTML, Style::STRONG, Style::EMPHASIS, Style::HEADING];
    let is_plain = |range: &Range<usize>| !styles.into_iter().any(|style| guide.text.any_has(range.clone(), style));
    hosts.filter(is_plain).filter(|range| !is_in_cell(guide, range.start)).collect()
}

/// The mail addresses in running text, in order.
pub fn bare_mails(guide: &Guide) -> Vec<Range<usize>> {
    let text = guide.text.as_str();
    let mails = memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| {
        let host = word_around(text, at + 1);
        let is_local = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_' | b'+');
        let local = text[..at].bytes().rev().take_while(is_local).count();
        let (first, rest) = text[host.clone()].split_once('.')?;
        let is_real = !OF_EXAMPLES.iter().any(|word| first.ends_with(word));
        let ends = rest.rsplit('.').next().is_some_and(|last| ENDS_OF_HOSTS.contains(&last));
        let range = at - local..host.end;
        (local > 0 && ends && is_real && is_to_write_to(guide, &range)).then_some(range)
    });
    let styles = [Style::CODE, Style::LINK, Style::HTML, Style::STRONG, Style::EMPHASIS];
    mails.filter(|range| !styles.into_iter().any(|style| guide.text.any_has(range.clone(), style))).collect()
}

/// Whether an address is one to write to, by its name or the words before it.
fn is_to_write_to(guide: &Guide, address: &Range<usize>) -> bool {
    let line = guide.text.line_before(address.end, LONGEST_SENTENCE);
    let sentence = guide.text.as_str()[line].to_ascii_lowercase();
    OF_CONTACTS.iter().any(|word| sentence.contains(word))
}

/// The letters of a host around a byte, without the full stop of the sentence.
fn word_around(text: &str, at: usize) -> Range<usize> {
    let is_letter = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-');
    let start = at - text[..at].bytes().rev().take_while(is_letter).count();
    let length = text[at..].bytes().take_while(is_letter).count();
    let end = start + text[start..at + length].trim_end_matches(['.', '-']).len();
    start..end
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= FEWEST_LABELS
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-'))
        && labels.last().is_some_and(|last| ENDS_OF_HOSTS.contains(last))
        && !host.bytes().any(|c| c.is_ascii_uppercase())
        && labels[0] != "www"
}

fn is_in_cell(guide: &Guide, at: usize) -> bool {
    let place = guide.text.span_of(at..at + 1);
    guide.block_around(place).is_none_or(|block| matches!(block.kind, BlockKind::Cell { .. }))
}
