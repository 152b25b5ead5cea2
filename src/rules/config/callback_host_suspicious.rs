//! `config/callback-host-suspicious`

use crate::config::{Address, Text};
use crate::diagnostic::{Finding, Severity};
use crate::profile::Profile;
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/callback-host-suspicious",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("callback_host_suspicious.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let callback = installation.callback.as_ref();
        let address = |text: &str| Address::new(text, &configuration.config.references);
        let host = callback.map(|callback| (callback, address(&callback.value).parts.host));
        let told = host.as_ref().map(|(callback, range)| callback.value[range.clone()].to_ascii_lowercase());
        if let Some((callback, range)) = host {
            found.extend(suspicious(configuration.profile, callback, range));
        }
        // The same host in both places is one cause.
        let domain = installation.service_domain.as_ref();
        if let Some(domain) = domain.filter(|domain| told.as_deref() != Some(&domain.value.to_ascii_lowercase())) {
            found.extend(suspicious(configuration.profile, domain, 0..domain.value.len()));
        }
    }
}

fn suspicious(profile: &Profile, text: &Text, range: std::ops::Range<usize>) -> Option<Finding> {
    let host = text.value[range.clone()].to_ascii_lowercase();
    let words = &profile.callback;
    let is_own = |list: &[String]| list.contains(&host);
    let first = host.split(['.', '-']).next().unwrap_or_default();
    let of_platform = words.platform_hosts.iter().any(|known| host.ends_with(&format!(".{known}")));
    let (message, help) = if is_own(&words.example_hosts) {
        (format!("`{host}` is the documentation's example"), "write your own service domain")
    } else if is_own(&words.platform_hosts) || is_own(&profile.site.hosts) {
        (format!("`{host}` belongs to the platform's console or interface"), "write your own service domain")
    } else if is_own(&words.internal_hosts) || of_platform && words.developer_words.iter().any(|word| word == first) {
        (format!("`{host}` is a host of the platform's developers"), "write your own service domain")
    } else if mixes_scripts(&host) {
        (format!("`{host}` mixes letters that look alike"), "type the host name anew")
    } else {
        return None;
    };
    Some(Finding::new(text.part(range), message).help(help))
}

/// Whether one label holds both ASCII letters and others: `аcme` with a Cyrillic `а`.
fn mixes_scripts(host: &str) -> bool {
    let mixed = |label: &str| {
        let foreign = |c: char| c.is_alphabetic() && c >= '\u{370}';
        label.chars().any(|c| c.is_ascii_alphabetic()) && label.chars().any(foreign)
    };
    host.split('.').any(mixed)
}
