//! `config/callback-url-mismatch`

use crate::config::{Installation, UrlParts, ViolationKind, find_placeholder, is_reference};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/callback-url-mismatch",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("callback_url_mismatch.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    found.extend(configuration.config.installations().filter_map(host));
    for violation in configuration.config.violations() {
        let ViolationKind::CallbackMismatch { template } = &violation.kind else { continue };
        let written = configuration.config.source.slice(violation.span).trim_matches(['"', '\'']);
        // What no callback URL may look like is told as such, not as a departure from the guide.
        let is_sound = UrlParts::new(written)
            .is_some_and(|parts| parts.is_callback(written, &configuration.profile.callback.path));
        if is_sound {
            let message = "the callback URL is not of the form that the guide gives";
            let finding = Finding::new(violation.span, message).help(format!("the form is `{template}`"));
            found.push(match &violation.demand {
                Some(demand) => demand.show(finding, "the guide gives it here"),
                None => finding,
            });
        }
    }
}

/// The callback is served by the partner's own service domain.
fn host(installation: &Installation) -> Option<Finding> {
    let (callback, domain) = (installation.callback.as_ref()?, installation.service_domain.as_ref()?);
    let is_open = |text: &str| text.trim().is_empty() || is_reference(text, None) || find_placeholder(text).is_some();
    if is_open(&callback.value) || is_open(&domain.value) {
        return None;
    }
    let parts = UrlParts::new(&callback.value)?;
    let host = &callback.value[parts.host.clone()];
    let expected = domain.value.as_str();
    // A service domain with more than a host in it is told by its own rule.
    let is_host = crate::config::host_problem(expected).is_none();
    if !is_host || host.is_empty() || host.eq_ignore_ascii_case(expected) {
        return None;
    }
    let span = callback.part(parts.host);
    let finding = Finding::new(span, format!("the callback host `{host}` is not the service domain"))
        .label(domain.span, "the service domain")
        .help(format!("write `{expected}`"));
    let exact = callback.inner().is_some();
    Some(if exact {
        finding.fix(Fix::safe(format!("write `{expected}`"), vec![Edit::replace(span, expected)]))
    } else {
        finding
    })
}
