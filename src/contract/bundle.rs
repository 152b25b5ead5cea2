//! Contracts as data: facts only, one connector a line, sorted by permalink.
//!
//! The built-in bundle is used for connectors whose guide is not available. A look-up parses one line of
//! it, so that the size of the bundle does not cost start-up.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{AuthKind, Contract, Field, Form, Found, Gap, Grant, Level, When};

/// The built-in bundle, made by `connlint contract --all`.
const BUILTIN: &str = include_str!("../../schemas/cyclr/contracts.json");

/// A connector's facts as in a bundle.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    permalink: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auth: Option<Fact<AuthKind>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant: Option<Fact<Grant>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    callback: Option<Fact<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    scopes: Vec<Fact<String>>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    optional_scopes: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Fact<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentioned: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    described: Vec<FieldEntry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    passed: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    printed: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pages: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    joint: Option<char>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    asks_later: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    states_auth: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    needs_auth: bool,
    /// The facts that could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    open: Vec<String>,
}

/// The parts of an entry that a list shows: the rest is skipped.
#[derive(Deserialize)]
struct Head {
    permalink: String,
    name: String,
    auth: Option<Fact<AuthKind>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact<T> {
    value: T,
    line: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    name: String,
    key: String,
    line: u32,
    level: Level,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    conditional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    secret: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<Form>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    samples: Vec<String>,
}

/// A connector of the built-in bundle, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The permalink of its guide: what configurations call it.
    pub permalink: String,
    /// Its name.
    pub name: String,
    /// How it authenticates, if the guide specifies it.
    pub auth: Option<AuthKind>,
}

/// The built-in contract of the connector whose guide has this permalink.
pub fn builtin(permalink: &str) -> Option<Contract> {
    entry(BUILTIN[place(permalink)?..].lines().next()?).map(Contract::from)
}

/// Whether a connector of the built-in bundle has this permalink, for few look-ups: nothing is read for them.
pub fn lists(permalink: &str) -> bool {
    place(permalink).is_some()
}

/// Where the connector with this permalink is in the built-in bundle.
fn place(permalink: &str) -> Option<usize> {
    let start = format!("{{\"permalink\":{},", serde_json::to_string(permalink).ok()?);
    memchr::memmem::find(BUILTIN.as_bytes(), start.as_bytes())
}

/// All connectors of the built-in bundle, by permalink.
pub fn list() -> Vec<Listed> {
    let entries = BUILTIN.lines().filter_map(|line| serde_json::from_str(line.trim_end_matches(',')).ok());
    entries
        .map(|Head { permalink, name, auth }| Listed { permalink, name, auth: auth.map(|fact| fact.value) })
        .collect()
}

/// The permalinks of all connectors of the built-in bundle, without reading the rest.
pub fn permalinks() -> impl Iterator<Item = &'static str> {
    BUILTIN.lines().filter_map(|line| line.strip_prefix("{\"permalink\":\"")?.split('"').next())
}

/// The permalinks and the names of the connectors of the built-in bundle.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTIN.lines().filter_map(|line| {
        let (permalink, rest) = line.strip_prefix("{\"permalink\":\"")?.split_once("\",\"name\":\"")?;
        Some((permalink, rest.split('"').next()?))
    })
}

/// Whether a connector of the built-in bundle has this permalink.
pub fn has(permalink: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| permalinks().collect());
    KNOWN.contains(permalink)
}

fn entry(line: &str) -> Option<Entry> {
    // The first and last line are the brackets of the array.
    serde_json::from_str(line.trim_end_matches(',')).ok()
}

/// A bundle of contracts: a JSON array with one connector a line. Contracts without a permalink, and
/// all but the first with the same one, are left out.
pub fn write<'a>(contracts: impl IntoIterator<Item = &'a Contract>) -> String {
    let mut entries: Vec<Entry> = contracts.into_iter().filter_map(Entry::new).collect();
    entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
    entries.dedup_by(|next, first| next.permalink == first.permalink);
    let lines: Vec<String> = entries.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

impl Entry {
    fn new(contract: &Contract) -> Option<Self> {
        let fact = |found: &Found<String>| Fact { value: found.value.clone(), line: found.line };
        let mut open: Vec<String> = contract.gaps.iter().map(|gap| gap.fact.to_owned()).collect();
        open.dedup();
        Some(Self {
            permalink: contract.permalink.as_ref()?.value.clone(),
            name: contract.connector.as_ref()?.value.clone(),
            auth: contract.auth.as_ref().map(|auth| Fact { value: auth.value, line: auth.line }),
            grant: contract.grant.as_ref().map(|grant| Fact { value: grant.value, line: grant.line }),
            callback: contract.callback.as_ref().map(fact),
            fields: contract.fields.iter().map(FieldEntry::new).collect(),
            scopes: contract.scopes.iter().map(fact).collect(),
            optional_scopes: contract.optional_scopes.clone(),
            labels: contract.scope_labels.iter().map(fact).collect(),
            mentioned: contract.mentioned.clone(),
            described: contract.described.iter().map(FieldEntry::new).collect(),
            passed: contract.passed.clone(),
            printed: contract.printed.clone(),
            pages: contract.pages.clone(),
            joint: contract.joint,
            asks_later: contract.asks_later,
            states_auth: contract.states_auth,
            needs_auth: contract.needs_auth,
            open,
        })
    }
}

impl FieldEntry {
    fn new(field: &Field) -> Self {
        Self {
            name: field.name.value.clone(),
            key: field.key.clone(),
            line: field.name.line,
            level: field.level,
            optional: field.optional,
            conditional: field.conditional,
            when: field.when.clone(),
            secret: field.secret,
            form: field.form.clone(),
            samples: field.samples.clone(),
        }
    }
}

impl From<Entry> for Contract {
    fn from(entry: Entry) -> Self {
        let found = |fact: Fact<String>| Found { value: fact.value, line: fact.line, span: None };
        let at_top = |value: String| Found { value, line: 1, span: None };
        let facts = ["auth", "grant", "fields", "scopes"];
        let open = entry.open.iter().filter_map(|open| facts.into_iter().find(|fact| fact == open));
        Self {
            connector: Some(at_top(entry.name)),
            permalink: Some(at_top(entry.permalink)),
            auth: entry.auth.map(|fact| Found { value: fact.value, line: fact.line, span: None }),
            grant: entry.grant.map(|fact| Found { value: fact.value, line: fact.line, span: None }),
            callback: entry.callback.map(found),
            fields: entry.fields.into_iter().map(Field::from).collect(),
            scopes: entry.scopes.into_iter().map(found).collect(),
            optional_scopes: entry.optional_scopes,
            scope_labels: entry.labels.into_iter().map(found).collect(),
            mentioned: entry.mentioned,
            described: entry.described.into_iter().map(Field::from).collect(),
            passed: entry.passed,
            printed: entry.printed,
            pages: entry.pages,
            joint: entry.joint,
            asks_later: entry.asks_later,
            states_auth: entry.states_auth,
            needs_auth: entry.needs_auth,
            gaps: open.map(|fact| Gap { fact, reason: "not in the guide".to_owned(), span: None }).collect(),
        }
    }
}

impl From<FieldEntry> for Field {
    fn from(entry: FieldEntry) -> Self {
        let name = Found { value: entry.name, line: entry.line, span: None };
        let FieldEntry { key, optional, conditional, when, secret, level, form, samples, .. } = entry;
        Self { name, key, optional, conditional, when, secret, level, form, samples }
    }
}
