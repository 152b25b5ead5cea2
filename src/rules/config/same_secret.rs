//! `config/same-secret`

use std::collections::HashMap;

use crate::config::{Installation, Property, is_called};
use crate::diagnostic::{Finding, Severity};
use crate::profile::{fold, is_same};
use crate::rule::{Configuration, Rule};
use crate::secrets::is_secret_name;
use crate::tree::Node;

/// A shorter value may be the same by chance.
const SHORTEST_KEY: usize = 8;

pub const RULE: Rule = Rule::config("config/same-secret", include_str!("same_secret.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        same_reference(configuration, installation, found);
        found.extend(key_as_other(installation));
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

/// The key itself as another value: its line was copied.
fn key_as_other(installation: &Installation) -> Option<Finding> {
    let key = installation.auth_value.as_ref()?;
    let text = key.as_str().filter(|text| text.len() >= SHORTEST_KEY && !text.starts_with('{'))?;
    let has_key = |property: &&Property| property.value.as_ref().and_then(Node::as_str) == Some(text);
    let is_other = |property: &&Property| {
        let name = property.name.value.as_str();
        let contract = installation.contract.iter();
        let mut credentials = contract.clone().flat_map(|known| known.contract.credentials());
        let mut passed = contract.flat_map(|known| known.contract.passed.values());
        !is_secret_name(name)
            && !credentials.any(|field| is_called(field, name))
            && !passed.any(|key| is_same(key, name))
    };
    let property = installation.properties.iter().filter(has_key).find(is_other)?;
    let name = &property.name.value;
    let finding = Finding::new(property.value.as_ref()?.span, format!("same value for `{name}` and `AuthValue`"));
    Some(finding.severity(Severity::Warning).label(key.span, "other value").help("use a value of its own for each"))
}

/// One reference for two values of a connector's own, one of them secret: the line of the other one was copied.
fn same_reference(configuration: &Configuration<'_>, installation: &Installation, found: &mut Vec<Finding>) {
    let is_client = |name: &str| matches!(name, "ClientId" | "ClientSecret");
    let mut first: HashMap<&str, &Property> = HashMap::new();
    for property in installation.properties.iter().filter(|property| !is_client(&property.name.value)) {
        let Some(node) = property.value.as_ref() else { continue };
        let Some(text) = node.as_str().filter(|text| configuration.config.references.is_single(text)) else { continue };
        let Some(other) = first.insert(text, property) else { continue };
        let (name, others) = (&property.name.value, &other.name.value);
        if name != others && (is_secret_name(name) || is_secret_name(others)) {
            // A reference with the name of one of them was copied to the other one.
            let is_of = |name: &str| fold(text).contains(&fold(name));
            let is_first = is_of(name) && !is_of(others);
            let wrong = other.value.as_ref().filter(|_| is_first).unwrap_or(node);
            let right = if is_first { property } else { other };
            found.push(
                Finding::new(wrong.span, format!("same value for `{name}` and `{others}`"))
                    .label(right.name.span, "other property")
                    .help("use a reference for each value"),
            );
        }
    }
}
