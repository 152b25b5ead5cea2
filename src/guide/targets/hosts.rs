//! Hosts of targets: which can be reached, and which lack a scheme.

use std::sync::LazyLock;

/// The top-level domains of the internet in ASCII letters, in order (IANA, Root Zone Database of November 2026).
static TOP_LEVEL: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../schemas/top-level-domains.txt").lines().collect());

/// Top-level domains for documentation and local use (RFC 2606, RFC 6762, RFC 7686, RFC 8375 and ICANN's `internal`).
const RESERVED: [&str; 14] = [
    "arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost",
    "onion", "private", "test",
];

/// Top-level domains that are also endings of files.
const ALSO_FILES: [&str; 20] = [
    "ai", "app", "bz", "cab", "cc", "md", "mk", "ml", "mm", "mov", "pl", "pm", "ps", "pub", "py", "rs", "sh", "so",
    "st", "zip",
];

/// Whether the authority of a web address (RFC 3986, section 3.2) can belong to one: a name whose top-level domain
/// exists, a name without dots, or the number of a computer.
pub(super) fn is_reachable(authority: &str) -> bool {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.contains(']');
    }
    let (host, port) = host.split_once(':').map_or((host, None), |(host, port)| (host, Some(port)));
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit()));
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '%' | '*'))
    };
    is_port && host.split('.').all(is_label) && host.rsplit_once('.').is_none_or(|(_, end)| may_be_top_level(end))
}

/// Whether the authority of a web address is one word in lowercase, which has no meaning outside of a local network.
pub(super) fn is_local_name(authority: &str) -> bool {
    let is_word = !authority.is_empty() && authority.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
    is_word && authority != "localhost"
}

/// Whether a target begins with a host in the place of a folder or file of the site.
pub(super) fn is_bare_host(target: &str) -> bool {
    let end = target.find(['/', '?', '#']).unwrap_or(target.len());
    let host = &target[..end];
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    let Some((name, top)) = host.rsplit_once('.').filter(|_| host.split('.').all(is_label)) else { return false };
    let has_path = target[end..].starts_with('/') && target.len() > end + 1;
    let is_file = ALSO_FILES.iter().any(|ending| ending.eq_ignore_ascii_case(top)) && !has_path;
    // A version: `2.5.md`.
    let is_named = name.contains(|c: char| c.is_ascii_alphabetic());
    target.starts_with("www.") || is_named && is_top_level(top) && !is_file
}

/// A name in another script, in numbers, or a known top-level domain.
fn may_be_top_level(label: &str) -> bool {
    // `your-domain.tld`
    label.eq_ignore_ascii_case("tld") || !label.bytes().all(|c| c.is_ascii_alphabetic()) || is_top_level(label)
}

fn is_top_level(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    RESERVED.contains(&label.as_str()) || TOP_LEVEL.binary_search(&label.as_str()).is_ok()
}
