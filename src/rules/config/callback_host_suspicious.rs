//! `config/callback-host-suspicious`

use std::collections::HashSet;

use crate::config::{Address, Text};
use crate::diagnostic::Finding;
use crate::profile::Profile;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule =
    Rule::config("config/callback-host-suspicious", include_str!("callback_host_suspicious.md"), check).warning();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        // The same host in several places is one cause.
        let mut seen = HashSet::new();
        for text in installation.callbacks.iter().chain(&installation.service_domain) {
            let host = Address::new(&text.value, &configuration.config.references).parts.host;
            if seen.insert(text.value[host.clone()].to_ascii_lowercase()) {
                found.extend(suspicious(configuration.profile, text, host));
            }
        }
    }
}

fn suspicious(profile: &Profile, text: &Text, range: std::ops::Range<usize>) -> Option<Finding> {
    let host = text.value[range.clone()].to_ascii_lowercase();
    let words = &profile.callback;
    let is_own = |list: &[String]| list.contains(&host);
    let first = host.split(['.', '-']).next().unwrap_or_default();
    let of_platform = words.platform_hosts.iter().any(|known| host.ends_with(&format!(".{known}")));
    // No one but the documentation can have these (RFC 2606, section 3).
    let is_reserved = ["example.com", "example.net", "example.org"].contains(&host.as_str());
    let (message, help) = if is_own(&words.example_hosts) || is_reserved {
        (format!("callback host `{host}` is the documentation's example"), "use your own service domain")
    } else if is_own(&words.platform_hosts) || is_own(&profile.site.hosts) {
        (
            format!("callback host `{host}` belongs to the platform's console or interface"),
            "use your own service domain",
        )
    } else if is_own(&words.internal_hosts) || of_platform && words.developer_words.iter().any(|word| word == first) {
        (format!("callback host `{host}` belongs to the platform's developers"), "use your own service domain")
    } else if words.tunnel_hosts.iter().any(|tunnel| is_below(&host, tunnel)) {
        (format!("callback host `{host}` is a tunnel to a local computer"), "use your own service domain")
    } else if let Some(meant) = lookalike(&host, &words.platform_hosts) {
        (format!("callback host `{host}` is similar to the platform's `{meant}`"), "check the spelling of the host")
    } else if mixes_scripts(&host) {
        (format!("callback host `{host}` mixes look-alike letters"), "type the host name again")
    } else {
        return None;
    };
    Some(Finding::new(text.part(range), message).help(help))
}

/// Whether a host is `parent` or one below it.
fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The platform's domain that a host of another domain differs from by a slip.
fn lookalike<'a>(host: &str, platform: &'a [String]) -> Option<&'a str> {
    let domain = domain(host);
    let own = || platform.iter().map(|known| self::domain(known));
    if own().any(|own| own == domain) {
        return None;
    }
    // Two slips of two letters each would make any short name like any other.
    let is_slip = |own: &&str| !own.is_empty() && strsim::osa_distance(own, domain) == 1;
    own().find(is_slip)
}

/// The last two labels of a host.
fn domain(host: &str) -> &str {
    host.rmatch_indices('.').nth(1).map_or(host, |(dot, _)| &host[dot + 1..])
}

/// Whether one label holds both ASCII letters and others: `аcme` with a Cyrillic `а`.
fn mixes_scripts(host: &str) -> bool {
    let mixed = |label: &str| {
        let foreign = |c: char| c.is_alphabetic() && c >= '\u{370}';
        label.chars().any(|c| c.is_ascii_alphabetic()) && label.chars().any(foreign)
    };
    host.split('.').any(mixed)
}
