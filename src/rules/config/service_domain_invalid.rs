//! `config/service-domain-invalid`

use crate::config::{Text, UrlParts, find_placeholder, host_problem, is_reference};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/service-domain-invalid",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("service_domain_invalid.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let domains = configuration.config.installations().filter_map(|installation| installation.service_domain.as_ref());
    found.extend(domains.filter_map(finding));
}

fn finding(domain: &Text) -> Option<Finding> {
    let text = domain.value.trim();
    if is_reference(text, None) || find_placeholder(text).is_some() || text.is_empty() {
        return None;
    }
    // Without a scheme the same cuts apply as behind one.
    let (url, offset) = if text.contains("://") { (text.to_owned(), 0) } else { (format!("x://{text}"), "x://".len()) };
    let parts = UrlParts::new(&url)?;
    let host = &url[parts.host.clone()];
    if host.len() == text.len() {
        let problem = host_problem(host)?;
        return Some(Finding::new(domain.span, problem).help("write the service domain, such as `acme-h.example.com`"));
    }
    let more = if offset == 0 {
        "a scheme"
    } else if !parts.userinfo.is_empty() {
        "a user name"
    } else if !parts.port.is_empty() {
        "a port"
    } else {
        "a path"
    };
    let finding = Finding::new(domain.span, format!("the service domain holds {more}"));
    if host_problem(host).is_some() {
        return Some(finding.help("write the host name alone"));
    }
    let title = format!("write `{host}`");
    let fix = domain.inner().map(|inner| Fix::safe(title.clone(), vec![Edit::replace(inner, host)]));
    let finding = finding.help(title);
    Some(match fix {
        Some(fix) => finding.fix(fix),
        None => finding,
    })
}
