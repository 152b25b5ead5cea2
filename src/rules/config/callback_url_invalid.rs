//! `config/callback-url-invalid`

use std::ops::Range;

use crate::config::{Address, Text};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Configuration, Rule};

pub const RULE: Rule =
    Rule::config("config/callback-url-invalid", include_str!("callback_url_invalid.md"), check).safe_fix();

/// How a part of a callback URL is repaired.
#[derive(Clone, Copy)]
enum Repair<'a> {
    /// The same URL is meant: only scheme, slash, case or port differ.
    Certain(&'a str),
    /// What is removed may have been meant.
    Doubtful,
    None,
}

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    let path = configuration.profile.callback.path.as_str();
    let callbacks = configuration.config.installations().flat_map(|installation| &installation.callbacks);
    for callback in callbacks {
        let url = callback.value.trim();
        let is_placeholder = references.placeholder_in(url).is_some_and(|range| range.len() == url.len());
        if url.is_empty() || references.is_reference(url, None) || is_placeholder {
            continue;
        }
        if let Some(finding) = not_a_url(callback, url, path) {
            found.push(finding);
            continue;
        }
        let address = Address::new(&callback.value, references);
        if address.has_scheme() {
            parts_of(callback, &address, path, found);
        } else {
            found.push(without_scheme(callback, &address, path));
        }
    }
}

/// A URL with brackets around it, or with its scheme written twice.
fn not_a_url(callback: &Text, url: &str, path: &str) -> Option<Finding> {
    let help = format!("use `https://`, the service domain and `{path}`");
    // The host of a URL with two schemes is read as `https`: without one, another host is named.
    let (message, bare, is_safe) = if let Some(inner) = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')) {
        ("angle brackets around the callback URL", inner, true)
    } else {
        let (_, rest) = url.split_once("://")?;
        let (second, _) = rest.split_once("://")?;
        let is_scheme = ["http", "https"].iter().any(|known| second.eq_ignore_ascii_case(known));
        if !is_scheme {
            return None;
        }
        ("duplicate scheme in the callback URL", rest, false)
    };
    let title = format!("replace with `{bare}`");
    let fix = callback.inner().map(|inner| Fix::safe_if(is_safe, title, vec![Edit::replace(inner, bare)]));
    Some(Finding::new(callback.span, message).help(help).maybe_fix(fix))
}

fn without_scheme(callback: &Text, address: &Address, path: &str) -> Finding {
    let finding = Finding::new(callback.span, "missing scheme in the callback URL")
        .help(format!("use `https://`, the service domain and `{path}`"));
    let parts = &address.parts;
    let is_bare = parts.userinfo.is_empty() && parts.port.is_empty() && parts.rest.is_empty();
    let is_certain = is_bare && address.host_problem().is_none() && callback.value[parts.path.clone()] == *path;
    let place = callback.inner().filter(|_| is_certain);
    finding.maybe_fix(place.map(|inner| Fix::safe("add `https://`", vec![Edit::insert_before(inner, "https://")])))
}

fn parts_of(callback: &Text, address: &Address, path: &str, found: &mut Vec<Finding>) {
    let url = callback.value.as_str();
    let parts = &address.parts;
    let mut report = |range: &Range<usize>, message: &str, repair: Repair<'_>| {
        if range.is_empty() || !address.is_open(range) {
            found.push(finding(callback, range, message, repair, path));
        }
    };
    let scheme = &url[parts.scheme.clone()];
    if scheme.eq_ignore_ascii_case("http") {
        report(&parts.scheme, "callback URL over unencrypted `http`", Repair::Certain("https"));
    } else if !scheme.is_empty() && !scheme.eq_ignore_ascii_case("https") {
        report(&parts.scheme, &format!("invalid callback URL: scheme `{scheme}`"), Repair::None);
    }
    if !parts.userinfo.is_empty() {
        report(&parts.userinfo, "user name or password in the callback URL", Repair::Doubtful);
    }
    let host = &url[parts.host.clone()];
    if let Some(problem) = address.host_problem() {
        let span = callback.part(parts.host.clone());
        found.push(Finding::new(span, problem).help("use the service domain"));
    } else if host.bytes().any(|byte| byte.is_ascii_uppercase()) && !address.is_open(&parts.host) {
        let lower = host.to_ascii_lowercase();
        let message = "uppercase letters in the callback host";
        let finding = finding(callback, &parts.host, message, Repair::Certain(&lower), path);
        found.push(finding.severity(Severity::Warning));
    }
    let mut report = |range: &Range<usize>, message: &str, repair: Repair<'_>| {
        if range.is_empty() || !address.is_open(range) {
            found.push(finding(callback, range, message, repair, path));
        }
    };
    if !parts.port.is_empty() {
        // The port of `https` may be left out; another one is meant.
        let repair = if &url[parts.port.clone()] == ":443" { Repair::Certain("") } else { Repair::Doubtful };
        report(&parts.port, "port in the callback URL", repair);
    }
    let written = &url[parts.path.clone()];
    if written != path && !(written.is_empty() && address.is_open(&(parts.host.end.saturating_sub(1)..parts.host.end)))
    {
        let single = written.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let same = single.eq_ignore_ascii_case(path.trim_matches('/'));
        let range = if written.is_empty() { 0..parts.host.end } else { parts.path.clone() };
        let repair = if same && !written.is_empty() { Repair::Certain(path) } else { Repair::None };
        report(&range, &format!("invalid callback URL: expected the path `{path}`"), repair);
    }
    if !parts.rest.is_empty() {
        report(&parts.rest, "query or fragment in the callback URL", Repair::Doubtful);
    }
}

fn finding(callback: &Text, range: &Range<usize>, message: &str, repair: Repair<'_>, path: &str) -> Finding {
    let span = callback.part(range.clone());
    let finding = Finding::new(span, message);
    // The place is exact unless the URL is written with escapes.
    let is_exact = callback.inner().is_some();
    match repair {
        Repair::Certain("") if is_exact => {
            finding.help("remove it").fix(Fix::safe("remove it", vec![Edit::remove(span)]))
        }
        Repair::Certain(text) if is_exact => {
            let title = format!("replace with `{text}`");
            finding.help(title.clone()).fix(Fix::safe(title, vec![Edit::replace(span, text)]))
        }
        Repair::Doubtful if is_exact => {
            finding.help("remove it").fix(Fix::needs_review("remove it", vec![Edit::remove(span)]))
        }
        _ => finding.help(format!("use `https://`, the service domain and `{path}`")),
    }
}
