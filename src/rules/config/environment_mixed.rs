//! `config/environment-mixed`

use crate::config::vendor_values::{self, Environment};
use crate::config::{Installation, Property};
use crate::diagnostic::Finding;
use crate::profile::fold;
use crate::rule::{Configuration, Rule};
use crate::tree::{Node, Value};

pub const RULE: Rule = Rule::config("config/environment-mixed", include_str!("environment_mixed.md"), check).warning();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        found.extend(mixed(installation));
    }
}

/// The values of an installation that belong to another environment than the one it names.
fn mixed(installation: &Installation) -> Vec<Finding> {
    let declared = installation.properties.iter().find_map(|property| Some((property, declared(property)?)));
    let Some((property, environment)) = declared else { return Vec::new() };
    let name = &property.name.value;
    let others = installation.properties.iter().filter(|other| other.name.value != *name);
    let values = others.filter_map(|other| Some((other.name.value.as_str(), other.value.as_ref()?)));
    let values = values.chain(installation.auth_value.iter().map(|value| ("AuthValue", value)));
    let other = |(own, node): (&str, &Node)| {
        let mark = mark(node.as_str()?).filter(|mark| *mark != environment)?;
        let (kind, help) = match mark {
            Environment::Test => ("a test", "use the value for the live environment"),
            Environment::Live => ("the live", "use the value for the test environment"),
        };
        let message = format!("`{own}` is for {kind} environment, unlike `{name}`");
        let finding = Finding::new(node.span, message).help(format!("{help}, or correct `{name}`"));
        let span = property.value.as_ref().map_or(property.name.span, |value| value.span);
        Some(finding.label(span, "other environment"))
    };
    values.filter_map(other).collect()
}

/// The environment that a property names: `Environment: Sandbox`, `IsSandbox: true`.
fn declared(property: &Property) -> Option<Environment> {
    let value = match &property.value.as_ref()?.value {
        Value::String(text) => fold(text),
        Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    let name = fold(&property.name.value);
    match name.as_str() {
        "environment" | "env" | "mode" => match value.as_str() {
            "sandbox" | "test" | "testing" | "staging" | "uat" | "development" => Some(Environment::Test),
            "production" | "prod" | "live" => Some(Environment::Live),
            _ => None,
        },
        "sandbox" | "issandbox" | "usesandbox" | "sandboxmode" | "testmode" | "istest" => match value.as_str() {
            "true" => Some(Environment::Test),
            "false" => Some(Environment::Live),
            _ => None,
        },
        _ => None,
    }
}

/// The environment that a value shows by its form: `sk_test_...`, `https://sandbox.acme.example`, `${ACME_SANDBOX_KEY}`.
fn mark(value: &str) -> Option<Environment> {
    let is_sandbox = |part: &str| part.eq_ignore_ascii_case("sandbox");
    if value.split(|c: char| !c.is_alphanumeric()).any(is_sandbox) {
        return Some(Environment::Test);
    }
    vendor_values::environment(value)
}
