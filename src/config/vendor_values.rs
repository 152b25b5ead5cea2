//! Values whose form shows where they belong: keys of test and live environments, names of regions. The forms are
//! data: `schemas/vendor-values.json`.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;

/// Where a value belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A sandbox, or whatever else is not the live one.
    Test,
    /// The one with the data of customers.
    Live,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyForm {
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    environment: Environment,
    #[serde(default)]
    publishable: bool,
    #[serde(rename = "source")]
    _source: String,
}

/// How a vendor names its regions, or another kind of thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regions {
    /// Whose regions they are.
    pub vendor: String,
    /// What they are.
    pub kind: String,
    properties: Vec<String>,
    own_properties: Vec<String>,
    connectors: Vec<String>,
    pattern: String,
    /// What to write instead of something else.
    pub help: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(skip)]
    compiled: OnceLock<Regex>,
}

/// How the identifiers of a vendor's clients end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clients {
    vendor: String,
    ends: String,
    connectors: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "description")]
    _description: String,
    keys: Vec<KeyForm>,
    regions: Vec<Regions>,
    clients: Vec<Clients>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../schemas/vendor-values.json"))
        .expect("the embedded forms of values are read by the tests")
});

/// Whether a value is a key that its application publishes.
pub fn is_publishable(value: &str) -> bool {
    key_form(value).is_some_and(|form| form.publishable)
}

/// Whether a value begins as the secret keys of a vendor do.
pub fn is_secret_key(value: &str) -> bool {
    let begins = |form: &&KeyForm| form.starts.iter().any(|start| value.starts_with(start.as_str()));
    DATA.keys.iter().find(begins).is_some_and(|form| !form.publishable)
}

/// The environment that a key is for.
pub fn environment(value: &str) -> Option<Environment> {
    key_form(value).map(|form| form.environment)
}

fn key_form(value: &str) -> Option<&'static KeyForm> {
    let is_such = |form: &&KeyForm| {
        form.starts.iter().any(|start| value.starts_with(start.as_str()))
            || form.contains.iter().any(|part| value.contains(part.as_str()))
    };
    DATA.keys.iter().find(is_such)
}

/// Whether a value is the identifier of a vendor's client, or a part of one.
pub fn is_client(value: &str) -> bool {
    clients(value).is_some()
}

fn clients(value: &str) -> Option<&'static Clients> {
    let first = |ends: &str| ends.rsplit_once('.').map_or(ends.len(), |(first, _)| first.len());
    DATA.clients.iter().find(|clients| value.contains(&clients.ends[..first(&clients.ends)]))
}

/// What is wrong with the identifier of a client of a connector: it is another vendor's, or cut.
pub fn client_fault(value: &str, connector: &str) -> Option<String> {
    let clients = clients(value)?;
    if !value.ends_with(&clients.ends) {
        return Some(format!("client ID of {} does not end with `{}`", clients.vendor, clients.ends));
    }
    let connector = connector.to_lowercase();
    let is_own = clients.connectors.iter().any(|word| connector.contains(word.as_str()));
    (!connector.is_empty() && !is_own).then(|| format!("client ID of {}, another vendor", clients.vendor))
}

/// The regions that a property of a connector names; `property` is folded.
pub fn regions(property: &str, connector: &str) -> Option<&'static Regions> {
    let has = |list: &[String], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_named = |regions: &&Regions| {
        let is_own = || connector.split(|c: char| !c.is_alphanumeric()).any(|word| has(&regions.connectors, word));
        has(&regions.properties, property) || has(&regions.own_properties, property) && is_own()
    };
    DATA.regions.iter().find(is_named)
}

impl Regions {
    /// Whether a value has the form of the name of a region.
    pub fn is_region(&self, value: &str) -> bool {
        let compile = || Regex::new(&self.pattern).expect("the patterns are compiled by the tests");
        self.compiled.get_or_init(compile).is_match(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, environment, is_publishable, regions};

    #[test]
    fn a_region_belongs_to_a_connector_of_its_vendor() {
        for (property, connector) in [("awsregion", "Amazon Connect"), ("region", "AWS S3"), ("region", "S3 (aws)")] {
            assert!(regions(property, connector).is_some(), "{property} of {connector}");
        }
        for (property, connector) in [("region", "Rawson"), ("region", ""), ("area", "AWS S3")] {
            assert!(regions(property, connector).is_none(), "{property} of {connector}");
        }
        let aws = regions("awsregion", "").expect("the name says it");
        assert!(aws.is_region("us-gov-west-1") && !aws.is_region("eu-west") && !aws.is_region("West Europe"));
    }

    #[test]
    fn keys_say_what_they_are_for() {
        assert_eq!(environment("sk_test_51ab"), Some(Environment::Test));
        assert_eq!(environment("Acme-PRD-1a2b"), Some(Environment::Live));
        assert_eq!(environment("my_sk_test_1"), None);
        assert!(is_publishable("pk_live_1a") && !is_publishable("sk_live_1a") && !is_publishable("a_pk_live_1"));
    }
}
