//! `config/callback-url-mismatch`

use crate::config::{Address, Installation, References, host_problem, is_same_host};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/callback-url-mismatch", include_str!("callback_url_mismatch.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    found.extend(configuration.config.installations().filter_map(|installation| host(installation, references)));
}

/// The callback is served by the partner's own service domain. Which of the two hosts is right cannot be known.
fn host(installation: &Installation, references: &References) -> Option<Finding> {
    let (callback, domain) = (installation.callback.as_ref()?, installation.service_domain.as_ref()?);
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
