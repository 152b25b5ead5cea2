//! `config/environment-mixed`

use crate::config::vendor_values::{self, Environment};
use crate::config::{Installation, Property, References};
use crate::diagnostic::Finding;
use crate::profile::fold;
use crate::rule::{Configuration, Rule};
use crate::secrets::words;
use crate::tree::{Node, Value};

pub const RULE: Rule = Rule::config("config/environment-mixed", include_str!("environment_mixed.md"), check).warning();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let first = found.len();
        found.extend(mixed(installation));
        let references = &configuration.config.references;
        if found.len() == first {
            found.extend(by_references(installation, references).or_else(|| by_address(installation, references)));
        }
    }
}

/// A reference to a value of the test environment beside one to a value of the live one: `${ACME_TEST_ID}` and
/// `${ACME_LIVE_KEY}`. The words before are the same: others may name products.
fn by_references(installation: &Installation, references: &References) -> Option<Finding> {
    let named = references_of(installation, references);
    let (name, node, _, before) = named.iter().find(|(_, _, environment, _)| *environment == Environment::Test)?;
    let is_other = |(_, _, environment, other): &&(_, _, _, &str)| *environment == Environment::Live && other == before;
    let (other_name, other, ..) = named.iter().find(is_other)?;
    let message = format!("`{name}` is for a test environment, unlike `{other_name}`");
    let finding = Finding::new(node.span, message)
        .help(format!("use the value for the live environment, or correct `{other_name}`"));
    Some(finding.label(other.span, "other environment"))
}

/// The address of a test environment beside a reference to a value of the live one, or the other way round: the site
/// `acme-test` and `${ACME_LIVE_KEY}`.
fn by_address(installation: &Installation, references: &References) -> Option<Finding> {
    let mut addressed = installation.properties.iter().filter_map(|property| {
        let node = property.value.as_ref().filter(|_| is_address(&property.name.value))?;
        let text = node.as_str().filter(|text| references.open_parts(text).is_empty())?;
        Some((property.name.value.as_str(), node, addressed_environment(text)?))
    });
    let (address, place, environment) = addressed.next()?;
    // A folder of a store is for a stage of the reader's own system: `ssm:/prod/acme/key`.
    let is_of_variable = |node: &Node, before: &str| {
        let rest = node.as_str().map_or("", |text| &text[before.len()..]);
        before.ends_with(['_', '-']) && !rest.contains(['/', '#', ':', '.'])
    };
    let (name, node, other, _) = references_of(installation, references)
        .into_iter()
        .find(|(_, node, other, before)| *other != environment && is_of_variable(node, before))?;
    let (kind, right) = if other == Environment::Test { ("a test", "live") } else { ("the live", "test") };
    let finding = Finding::new(node.span, format!("`{name}` is for {kind} environment, unlike `{address}`"))
        .help(format!("use the value for the {right} environment, or correct `{address}`"));
    Some(finding.label(place.span, "other environment"))
}

/// Whether a property is named after the address of the application, and after no environment of its own.
fn is_address(name: &str) -> bool {
    const ENDS: [&str; 11] = [
        "site", "domain", "host", "hostname", "server", "instance", "endpoint", "baseurl", "apiurl", "instanceurl",
        "serverurl",
    ];
    let folded = fold(name);
    let is_own = words(name).iter().any(|word| environment_of(word).is_some());
    let is_named = folded == "url" || ENDS.iter().any(|end| folded.ends_with(end));
    is_named && !folded.ends_with("website") && !is_own
}

/// The environment that a part of a host ends with: `acme-test`, `api.sandbox.acme.example`. Products are called `live`,
/// and clusters of servers `eu5-prod`.
fn addressed_environment(address: &str) -> Option<Environment> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let named = |label: &str| {
        let last = label.rsplit(['-', '_']).next().unwrap_or_default();
        let environment = environment_of(last).filter(|_| !last.eq_ignore_ascii_case("live"))?;
        (environment == Environment::Test || last.len() == label.len()).then_some(environment)
    };
    let mut environments = host.split('.').filter_map(named);
    environments.next().filter(|first| environments.all(|other| other == *first))
}

/// The values that are references whose variables name an environment, with it and what is before it.
fn references_of<'a>(
    installation: &'a Installation,
    references: &References,
) -> Vec<(&'a str, &'a Node, Environment, &'a str)> {
    let properties = installation.properties.iter();
    let values = properties.filter_map(|property| Some((property.name.value.as_str(), property.value.as_ref()?)));
    let values = values.chain(installation.auth_value.iter().map(|value| ("AuthValue", value)));
    let named = values.filter_map(|(name, node)| {
        // A value of its own for an environment: `TestEmail`, `SandboxUrl`.
        let is_own = words(name).iter().any(|word| environment_of(word).is_some());
        let text = node.as_str().filter(|text| !is_own && references.is_single(text))?;
        let (environment, before) =
            named_environment(text).filter(|(_, before)| before.contains(char::is_alphanumeric))?;
        Some((name, node, environment, before))
    });
    named.collect()
}

fn environment_of(word: &str) -> Option<Environment> {
    match word.to_ascii_lowercase().as_str() {
        "sandbox" | "test" | "staging" | "uat" => Some(Environment::Test),
        "production" | "prod" | "live" => Some(Environment::Live),
        _ => None,
    }
}

/// The environment that the words of a variable name, and what is before them.
fn named_environment(variable: &str) -> Option<(Environment, &str)> {
    let mut found = None;
    let mut at = 0;
    for word in variable.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let environment = environment_of(word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        if environment.is_some() && found.is_some() {
            return None;
        }
        found = found.or(environment.map(|environment| (environment, &variable[..at])));
        at += word.len();
    }
    found
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
