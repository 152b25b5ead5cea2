//! `config/same-secret`

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/same-secret",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("same_secret.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let value = |name: &str| {
            let property = installation.properties.iter().find(|property| property.name.value == name)?;
            property.value.as_ref().filter(|value| value.as_str().is_some_and(|text| text.len() > 1))
        };
        let (Some(id), Some(secret)) = (value("ClientId"), value("ClientSecret")) else { continue };
        let is_sample = id.as_str().is_some_and(|text| configuration.config.references.placeholder_in(text).is_some());
        if id.as_str() == secret.as_str() && !is_sample {
            found.push(
                Finding::new(secret.span, "same value for `ClientSecret` and `ClientId`")
                    .label(id.span, "client ID")
                    .help("copy the secret from the application again"),
            );
        }
    }
}
