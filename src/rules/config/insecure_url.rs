//! `config/insecure-url`

use crate::config::{Shape, Text, find_placeholder};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/insecure-url",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("insecure_url.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    for installation in config.installations().filter(|installation| installation.shape != Shape::Account) {
        let values = installation.properties.iter().filter_map(|property| property.value.as_ref());
        for text in values.filter_map(|value| Text::new(value, &config.source)) {
            let Some((scheme, rest)) = text.value.split_once("://") else { continue };
            if find_placeholder(&text.value).is_some() {
                continue;
            }
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            if scheme.eq_ignore_ascii_case("http") {
                let message = "the URL is sent over `http`: everybody on the way can read it";
                found.push(Finding::new(text.part(0..scheme.len()), message).help("use `https`"));
            } else if let Some(at) = authority.rfind('@') {
                let start = scheme.len() + "://".len();
                let message = "the URL holds a user name or password";
                let finding = Finding::new(text.part(start..start + at + 1), message);
                found.push(finding.help("take the credentials out of the URL and give them as values"));
            }
        }
    }
}
