//! `config/callback-url-mismatch`

use crate::config::{Address, References, Text, host_problem, is_same_host};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/callback-url-mismatch", include_str!("callback_url_mismatch.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        let Some(domain) = &installation.service_domain else { continue };
        found.extend(installation.callbacks.iter().filter_map(|callback| host(callback, domain, references)));
    }
}

/// The callback is served by the partner's own service domain. Which of the two hosts is right cannot be known.
fn host(callback: &Text, domain: &Text, references: &References) -> Option<Finding> {
    let address = Address::new(&callback.value, references);
    let host = &callback.value[address.parts.host.clone()];
    let expected = domain.value.as_str();
    // A host that is not one is reported by its own rule.
    let is_open = address.is_open(&address.parts.host) || !references.open_parts(expected).is_empty();
    let are_hosts =
        !address.parts.scheme.is_empty() && [host, expected].iter().all(|host| host_problem(host).is_none());
    if is_open || !are_hosts || is_same_host(host, expected) {
        return None;
    }
    let message = format!("callback host `{host}` differs from the service domain");
    let help = "use the service domain of your console in both places";
    Some(Finding::new(callback.part(address.parts.host), message).label(domain.span, "service domain").help(help))
}
