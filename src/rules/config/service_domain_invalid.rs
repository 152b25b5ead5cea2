//! `config/service-domain-invalid`

use crate::config::{Address, References, Text};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Rule};

pub const RULE: Rule =
    Rule::config("config/service-domain-invalid", include_str!("service_domain_invalid.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let domains = configuration.config.installations().filter_map(|installation| installation.service_domain.as_ref());
    found.extend(domains.filter_map(|domain| finding(domain, &configuration.config.references)));
}

fn finding(domain: &Text, references: &References) -> Option<Finding> {
    let text = domain.value.trim();
    let is_placeholder = references.placeholder_in(text).is_some_and(|range| range.len() == text.len());
    if references.is_reference(text, None) || is_placeholder || text.is_empty() {
        return None;
    }
    let address = Address::new(text, references);
    let parts = &address.parts;
    let host = &text[parts.host.clone()];
    if host.len() == text.len() {
        let problem = address.host_problem()?;
        return Some(Finding::new(domain.span, problem).help("use the service domain, such as `acme-h.example.com`"));
    }
    let extra = if !parts.userinfo.is_empty() {
        "user name"
    } else if !parts.scheme.is_empty() {
        "scheme"
    } else if !parts.port.is_empty() {
        "port"
    } else {
        "path"
    };
    let finding = Finding::new(domain.span, format!("{extra} in the service domain"));
    // A mail address and a URL in a URL name another host than they seem to.
    let is_doubtful = !parts.userinfo.is_empty() || text[parts.host.end..].contains("://");
    if address.host_problem().is_some() || is_doubtful {
        return Some(finding.help("use the host name alone, such as `acme-h.example.com`"));
    }
    let title = format!("replace with `{host}`");
    let fix = domain.inner().map(|inner| Fix::safe(title.clone(), vec![Edit::replace(inner, host)]));
    Some(finding.help(title).maybe_fix(fix))
}
