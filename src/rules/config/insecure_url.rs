//! `config/insecure-url`

use std::collections::HashSet;

use crate::config::{Address, Reach, References, Shape, Text, is_identified_by_uri, reach};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Configuration, Rule};
use crate::source::Span;
use crate::tree::Node;

pub const RULE: Rule = Rule::config("config/insecure-url", include_str!("insecure_url.md"), check);

/// The URLs of a custom connector, in both spellings that the platform knows.
const URL_KEYS: [&str; 4] = ["AuthorizeUrl", "AuthoriseUrl", "AccessTokenUrl", "RequestTokenUrl"];

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    for installation in config.installations().filter(|installation| installation.shape != Shape::Account) {
        let is_opened = |name: &str| !is_identified_by_uri(name) && !name.ends_with("Id") && !name.ends_with("ID");
        let values = installation.properties.iter().filter(|property| is_opened(&property.name.value));
        // The callback URL has rules of its own.
        let callbacks: HashSet<Span> = installation.callbacks.iter().map(|callback| callback.span).collect();
        let values = values.filter_map(|property| property.value.as_ref());
        let values = values.filter(|value| !callbacks.contains(&value.span));
        found.extend(values.filter_map(|value| finding(&Text::new(value, &config.source)?, &config.references)));
    }
    let custom = config.bodies.iter().filter(|body| body.detection.shape() == Some(Shape::Custom));
    for body in custom {
        let methods = body.node.get("Methods").map(Node::items).unwrap_or_default();
        let endpoints = methods.iter().filter_map(|method| method.get("EndPoint"));
        let urls = URL_KEYS.iter().filter_map(|key| body.node.get(key)).chain(endpoints);
        found.extend(urls.filter_map(|value| finding(&Text::new(value, &config.source)?, &config.references)));
    }
}

/// How far the host of a URL reaches; what a reference or a placeholder holds open may be public.
fn reach_of(text: &Text, references: &References) -> Reach {
    let address = Address::new(&text.value, references);
    let host = address.parts.host.clone();
    if address.is_open(&host) || host.is_empty() { Reach::Public } else { reach(&text.value[host]) }
}

fn finding(text: &Text, references: &References) -> Option<Finding> {
    let (scheme, rest) = text.value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A stand-in for the host may be reached safely; a placeholder is reported by its own rule.
    if references.placeholder_in(authority).is_some_and(|range| range == (0..authority.len())) {
        return None;
    }
    let reach = reach_of(text, references);
    if scheme.eq_ignore_ascii_case("http") && reach != Reach::Machine {
        let message = "the URL uses unencrypted `http`";
        let finding = Finding::new(text.part(0..scheme.len()), message).help("use `https`");
        return Some(if reach == Reach::Network { finding.severity(Severity::Info) } else { finding });
    }
    let at = authority.rfind('@')?;
    let start = scheme.len() + "://".len();
    let finding = Finding::new(text.part(start..start + at + 1), "user name or password in the URL");
    Some(finding.help("move the credentials from the URL to their own properties"))
}
