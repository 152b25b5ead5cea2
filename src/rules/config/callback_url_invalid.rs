//! `config/callback-url-invalid`

use crate::config::{Text, UrlParts, find_placeholder, host_problem, is_reference};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/callback-url-invalid",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("callback_url_invalid.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let path = configuration.profile.callback.path.as_str();
    let callbacks = configuration.config.installations().filter_map(|installation| installation.callback.as_ref());
    for callback in callbacks {
        let url = callback.value.trim();
        if url.is_empty() || is_reference(url, None) || find_placeholder(url).is_some() {
            continue;
        }
        match UrlParts::new(&callback.value) {
            Some(parts) => parts_of(callback, &parts, path, found),
            None => found.push(
                Finding::new(callback.span, "the callback URL has no scheme")
                    .help(format!("write `https://`, the service domain and `{path}`")),
            ),
        }
    }
}

fn parts_of(callback: &Text, parts: &UrlParts, path: &str, found: &mut Vec<Finding>) {
    let url = callback.value.as_str();
    let mut tell = |range: &std::ops::Range<usize>, message: &str, repair: Option<&str>| {
        let span = callback.part(range.clone());
        let finding = Finding::new(span, message);
        // The place is exact unless the URL is written with escapes.
        let repair = repair.filter(|_| callback.inner().is_some());
        found.push(match repair {
            Some("") => finding.help("remove it").fix(Fix::safe("remove it", vec![Edit::remove(span)])),
            Some(text) => finding
                .help(format!("write `{text}`"))
                .fix(Fix::safe(format!("write `{text}`"), vec![Edit::replace(span, text)])),
            None => finding.help(format!("the callback URL is `https://`, the service domain and `{path}`")),
        });
    };
    let scheme = &url[parts.scheme.clone()];
    if scheme != "https" {
        let certain = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        tell(&parts.scheme, "the callback URL must use `https`", certain.then_some("https"));
    }
    if !parts.userinfo.is_empty() {
        tell(&parts.userinfo, "a callback URL has no user name or password", Some(""));
    }
    if let Some(problem) = host_problem(&url[parts.host.clone()]) {
        tell(&parts.host, problem, None);
    }
    if !parts.port.is_empty() {
        tell(&parts.port, "a callback URL has no port", Some(""));
    }
    let written = &url[parts.path.clone()];
    if written != path {
        let same = written.trim_end_matches('/').eq_ignore_ascii_case(path) || written.is_empty() || written == "/";
        let range = if written.is_empty() { 0..parts.host.end } else { parts.path.clone() };
        let repair = if written.is_empty() { None } else { same.then_some(path) };
        tell(&range, &format!("the path of a callback URL is exactly `{path}`"), repair);
    }
    if !parts.rest.is_empty() {
        tell(&parts.rest, "a callback URL has no query and no fragment", Some(""));
    }
}
