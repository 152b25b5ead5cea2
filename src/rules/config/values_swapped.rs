//! `config/values-swapped`

use std::collections::{HashMap, HashSet};

use crate::config::{Demand, Installation, Property, References, is_called};
use crate::contract::{AuthKind, Field};
use crate::diagnostic::Finding;
use crate::profile::{fold, is_same};
use crate::rule::{Configuration, Rule};
use crate::secrets::{end_of, is_secret_name, words};
use crate::tree::Node;

pub const RULE: Rule = Rule::config("config/values-swapped", include_str!("values_swapped.md"), check).warning();

/// Bytes of the name of another value at most.
const LONGEST_NAME: usize = 128;

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        let is_reference =
            |property: &Property| property.value.as_ref().is_some_and(|node| references.is_reference_node(node));
        found.extend(installation.properties.iter().filter_map(|property| printed_for_other(installation, property)));
        found.extend(crossed_parts(installation, references));
        found.extend(identifier_as_key(installation, references));
        found.extend(other_source(installation, references));
        if !installation.properties.iter().any(is_reference) {
            continue;
        }
        let first = found.len();
        found.extend(strangers(configuration, installation));
        let mut values: HashMap<&str, usize> = HashMap::new();
        for value in installation.properties.iter().filter_map(|property| property.value.as_ref()?.as_str()) {
            *values.entry(value).or_default() += 1;
        }
        let names = installation.properties.iter().map(|property| property.name.value.as_str());
        let names: HashMap<String, &str> = names.map(|name| (fold(name), name)).collect();
        // One reference in two places is another mistake.
        let is_single = |property: &&Property| {
            property.value.as_ref().and_then(Node::as_str).is_some_and(|value| values.get(value) == Some(&1))
        };
        // And so are two values of one name.
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for property in &installation.properties {
            *counts.entry(&property.name.value).or_default() += 1;
        }
        let is_named_once = |property: &&Property| counts.get(property.name.value.as_str()) == Some(&1);
        let single = installation.properties.iter().filter(is_single).filter(is_named_once);
        let is_crossed = installation.properties.iter().any(|property| holds_secret_for_id(property, references));
        let values = single.filter_map(|property| Some((property.name.value.as_str(), property.value.as_ref()?)));
        let credentials = installation.auth_value.iter().map(|value| ("AuthValue", value));
        found.extend(values.chain(credentials).filter_map(|(name, value)| {
            let swapped = swapped(&names, name, value, references, is_crossed)?;
            Some(Finding::new(value.span, swapped).help(format!("use a reference to the value of `{name}`")))
        }));
        let crossed = crossed_key(installation, references).into_iter().flatten();
        let crossed = crossed.chain(crossed_secret(installation, references).into_iter().flatten());
        for crossed in crossed.chain(crossed_login(installation, references)) {
            if found[first..].iter().all(|known| known.primary.span != crossed.primary.span) {
                found.push(crossed);
            }
        }
    }
}

/// What is wrong with the reference `value` of the property `property`, if it has the name of another value.
fn swapped(
    names: &HashMap<String, &str>,
    property: &str,
    value: &Node,
    references: &References,
    is_crossed: bool,
) -> Option<String> {
    let text = value.as_str().filter(|text| references.is_reference(text, value.tag.as_deref()))?;
    let variable = variable(text)?;
    let (own, name) = (fold(property), fold(variable));
    if name.contains(&own) {
        return None;
    }
    let ends = ends_of(end_of(variable, LONGEST_NAME)).filter_map(|end| names.get_key_value(&fold(end)));
    let is_other = |folded: &str| !own.ends_with(folded) && (property != "AuthValue" || is_secret_name(names[folded]));
    if let Some((_, other)) = ends.into_iter().find(|(folded, _)| is_other(folded)) {
        return Some(format!("swapped reference: `{property}` uses `{variable}`, the name of `{other}`"));
    }
    is_other_half(property, variable, is_crossed).then(|| format!("swapped reference: `{property}` uses `{variable}`"))
}

/// The ends of a variable that begin with one of its words, the longest first: `ACME_USERNAME`, `USERNAME`.
fn ends_of(variable: &str) -> impl Iterator<Item = &str> {
    let is_start = |before: Option<char>, first: char| {
        before.is_none_or(|before| matches!(before, '_' | '-') || before.is_lowercase() && first.is_uppercase())
    };
    let starts =
        variable.char_indices().filter(move |(at, first)| is_start(variable[..*at].chars().next_back(), *first));
    starts.map(|(at, _)| &variable[at..])
}

/// Last words of the variables of secrets.
const SECRETS: [&str; 6] = ["token", "secret", "password", "pass", "pwd", "key"];

/// A user name that refers to a secret while the password refers to a name. Some vendors have an identifier for the
/// password.
fn crossed_login(installation: &Installation, references: &References) -> Option<Finding> {
    const NAMES: [&str; 6] = ["sid", "user", "username", "name", "login", "email"];
    let passed = installation.contract.iter().flat_map(|known| &known.contract.passed);
    let is_passed = |variable: &str, key: &str| {
        passed.clone().any(|(source, held)| held == key && fold(variable).ends_with(&fold(source)))
    };
    let refers = |names: &[&str], ends: &[&str]| {
        let property = installation.properties.iter().find(|property| names.contains(&property.name.value.as_str()))?;
        let (node, name) = (property.value.as_ref()?, property.name.value.as_str());
        let is_other = |variable: &&str| {
            let other = if name == "Password" { "Username" } else { "Password" };
            is_passed(variable, other) || is_last(variable, ends) && !is_passed(variable, name)
        };
        let variable = variable_of(node, references).filter(is_other)?;
        Some(crossed(node, name, variable))
    };
    let user = refers(&["Username", "Email", "Login"], &SECRETS)?;
    refers(&["Password"], &NAMES)?;
    Some(user)
}

/// A key that refers to the value of a property, which refers to a secret.
fn crossed_key(installation: &Installation, references: &References) -> Option<[Finding; 2]> {
    let key = installation.auth_value.as_ref()?;
    let taken = variable_of(key, references)?;
    let names: HashSet<String> = ends_of(end_of(taken, LONGEST_NAME)).map(fold).collect();
    let is_taken = |property: &&Property| {
        let own = &property.name.value;
        names.contains(&fold(own)) && !is_secret_name(own)
    };
    let property = installation.properties.iter().find(is_taken)?;
    let node = property.value.as_ref()?;
    let variable = variable_of(node, references).filter(|variable| is_last(variable, &SECRETS))?;
    Some([crossed(key, "AuthValue", taken), crossed(node, &property.name.value, variable)])
}

/// A secret that refers to an identifier, and a key or an identifier that refers to a secret:
/// `${ACME_ACCESS_KEY_ID}` and `${ACME_SECRET_ACCESS_KEY}`.
fn crossed_secret(installation: &Installation, references: &References) -> Option<[Finding; 2]> {
    let only = |is_secret: bool| {
        let properties = installation.properties.iter();
        let mut found = properties.filter_map(|property| other_half(property, is_secret, references));
        found.next().filter(|_| found.next().is_none())
    };
    Some([only(true)?, only(false)?].map(|(node, name, variable)| crossed(node, name, variable)))
}

/// A secret with the variable of an identifier, or the other way round: the value, its name, and the variable.
fn other_half<'a>(
    property: &'a Property,
    is_secret: bool,
    references: &References,
) -> Option<(&'a Node, &'a str, &'a str)> {
    let (name, node) = (property.name.value.as_str(), property.value.as_ref()?);
    let variable = variable_of(node, references)?;
    let (own, other) = (fold(name), fold(variable));
    let refers_to_id = is_last(variable, &["id"]);
    let ends = |ends: &[&str]| ends.iter().any(|end| own.ends_with(end));
    let is_other = if is_secret {
        own.contains("secret") && !ends(&["id"]) && refers_to_id && !other.contains("secret")
    } else {
        !own.contains("secret") && ends(&["key", "id"]) && !refers_to_id && other.contains("secret")
    };
    is_other.then_some((node, name, variable))
}

/// References to the parts of a key in the other order than the guide's: `${ACME_SECRET}:${ACME_KEY}` for `key:secret`.
fn crossed_parts(installation: &Installation, references: &References) -> Option<Finding> {
    let known = installation.contract.as_ref()?;
    let joint = known.contract.joint?;
    let mut keys: Vec<&Field> = Vec::new();
    for field in known.contract.credentials() {
        if keys.iter().all(|other| other.key != field.key) {
            keys.push(field);
        }
    }
    let [first, second] = keys.as_slice() else { return None };
    let (first, second) = (first.name.value.as_str(), second.name.value.as_str());
    let node = installation.auth_value.as_ref().filter(|node| node.tag.is_none())?;
    let (one, other) = node.as_str()?.split_once(joint)?;
    let variable = |text| variable(text).filter(|_| references.is_single(text));
    let last = |name: &str| fold(name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    let is_crossed = last(variable(one)?) == last(second) && last(variable(other)?) == last(first);
    (is_crossed && last(first) != last(second)).then(|| {
        Finding::new(node.span, format!("swapped references: the guide has `{first}` before `{second}`"))
            .help(format!("use `{other}{joint}{one}`"))
    })
}

/// The identifier of a client as the key, where the guide has a single key and speaks of no other identifier so.
fn identifier_as_key(installation: &Installation, references: &References) -> Option<Finding> {
    let known = installation.contract.as_ref()?;
    let key = installation.auth_value.as_ref().filter(|_| installation.kind() == Some(AuthKind::ApiKey))?;
    let variable = variable_of(key, references)?;
    let mut keys = known.contract.credentials();
    let only = keys.next().filter(|key| keys.all(|other| other.key == key.key))?;
    let words: Vec<String> = variable.split(['_', '-']).map(str::to_lowercase).collect();
    let is_client = |word: &str| ["client", "app", "application", "consumer"].contains(&word);
    let is_identifier = matches!(&*words, [.., client, id] if is_client(client) && id == "id");
    // Some vendors have an identifier for a key.
    let names = known.contract.mentioned.iter().chain(known.contract.passed.keys());
    let is_named = names.map(String::as_str).chain([only.key.as_str(), only.name.value.as_str()]).any(|name| {
        let name = fold(name);
        name.ends_with("id") && fold(variable).ends_with(&name)
    });
    (is_identifier && !is_named && crossed_key(installation, references).is_none()).then(|| {
        let finding =
            crossed(key, "AuthValue", variable).help(format!("use a reference to the value of `{}`", only.name.value));
        Demand::new(&only.name, known).show(finding, "asked for here")
    })
}

/// Pairs of last words of the variables of other secrets than a user name and a password.
const OTHER_SECRETS: [(&str, &str); 5] =
    [("client", "secret"), ("signing", "secret"), ("webhook", "secret"), ("refresh", "token"), ("private", "key")];

/// A reference to another credential of the vendor than the one that the guide passes as the user name or the password.
fn other_source(installation: &Installation, references: &References) -> Option<Finding> {
    let passed = &installation.contract.as_ref()?.contract.passed;
    let last = |words: &[String]| words.last().cloned().unwrap_or_default();
    installation.properties.iter().find_map(|property| {
        let (source, _) = passed.iter().find(|(_, key)| is_same(key, &property.name.value))?;
        let node = property.value.as_ref()?;
        let variable = variable_of(node, references)?;
        let written: Vec<String> = variable.split(['_', '-']).map(str::to_lowercase).collect();
        let [.., first, second] = written.as_slice() else { return None };
        let is_other = OTHER_SECRETS.contains(&(first.as_str(), second.as_str()));
        // A vendor may have the words for a secret in another order.
        let asked = words(source);
        let is_own = last(&written) == last(&asked) || asked.iter().all(|word| written.contains(word));
        let help = || format!("use a reference to the value of `{source}`, which the guide passes");
        (is_other && !is_own).then(|| crossed(node, &property.name.value, variable).help(help()))
    })
}

fn crossed(node: &Node, name: &str, variable: &str) -> Finding {
    Finding::new(node.span, format!("swapped reference: `{name}` uses `{variable}`"))
        .help(format!("use a reference to the value of `{name}`"))
}

/// The variable that a value refers to.
fn variable_of<'a>(node: &'a Node, references: &References) -> Option<&'a str> {
    variable(node.as_str().filter(|text| references.is_reference(text, node.tag.as_deref()))?)
}

/// Whether the last word of a variable is one of some words.
fn is_last(variable: &str, words: &[&str]) -> bool {
    let last = variable.rsplit(['_', '-']).next().unwrap_or_default();
    words.iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// A value that the guide prints for another one.
fn printed_for_other(installation: &Installation, property: &Property) -> Option<Finding> {
    let known = installation.contract.as_ref()?;
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str().filter(|value| value.contains("://"))?;
    let is_own = |field: &Field| is_called(field, &property.name.value);
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_lowercase();
    let prints = |field: &&Field| field.samples.iter().any(|sample| bare(sample) == bare(value));
    let fields = known.contract.fields.iter();
    let own: Vec<&Field> = fields.clone().filter(|field| is_own(field)).collect();
    // Where the guide prints nothing for the value itself, it may be like the other one.
    if own.iter().any(prints) || !own.iter().any(|field| field.samples.iter().any(|sample| sample.contains("://"))) {
        return None;
    }
    let other = fields.filter(|field| !is_own(field)).find(prints)?;
    let message = format!("swapped value: `{}` has the one of `{}`", property.name.value, other.key);
    let finding = Finding::new(node.span, message).help("use the value that the guide prints for it");
    Some(Demand::new(&other.name, known).show(finding, "printed here"))
}

/// Whether the client's identifier refers to a secret.
fn holds_secret_for_id(property: &Property, references: &References) -> bool {
    let text = property.value.as_ref().and_then(Node::as_str).filter(|text| references.is_reference(text, None));
    property.name.value == "ClientId"
        && text.and_then(variable).is_some_and(|variable| is_other_half("ClientId", variable, false))
}

/// References named after another connector, where another one is named after the connector itself.
fn strangers(configuration: &Configuration<'_>, installation: &Installation) -> Vec<Finding> {
    let references = &configuration.config.references;
    let Some(connector) = installation.contract.iter().find_map(|known| known.contract.connector.as_ref()) else {
        return Vec::new();
    };
    let own = fold(&connector.value);
    let referring = installation.properties.iter().filter_map(|property| {
        let node = property.value.as_ref()?;
        let text = node.as_str().filter(|text| references.is_reference(text, node.tag.as_deref()))?;
        Some((property, node, variable(text)?))
    });
    let named: Vec<_> =
        referring.filter_map(|(property, node, name)| Some((property, node, name, vendor(property, name)?))).collect();
    if !named.iter().any(|(_, _, _, vendor)| own.starts_with(vendor.as_str())) {
        return Vec::new();
    }
    let is_other = |vendor: &str| {
        !own.contains(vendor) && !vendor.contains(&own) && !configuration.workspace.titled(vendor).is_empty()
    };
    let strange = named.iter().filter(|(_, _, _, vendor)| is_other(vendor));
    let finding = |(property, node, name, _): &(&Property, &Node, &str, String)| {
        let property = &property.name.value;
        Finding::new(node.span, format!("swapped reference: `{property}` uses `{name}`, the name of another connector"))
            .help(format!("use a reference to the value of `{property}` of {}", connector.value))
    };
    strange.map(finding).collect()
}

/// What a variable's name has before the name of the property: `acme` of `ACME_CLIENT_ID` for `ClientId`, folded.
fn vendor(property: &Property, variable: &str) -> Option<String> {
    let name = fold(variable);
    let vendor = name.strip_suffix(fold(&property.name.value).as_str())?;
    (vendor.len() > 2).then(|| vendor.to_owned())
}

/// The last name in a reference: `DROPBOX_ID` in `${env:DROPBOX_ID:?is not set}`.
fn variable(reference: &str) -> Option<&str> {
    let end = [":?", ":-", ":="].iter().filter_map(|mark| reference.find(mark)).min().unwrap_or(reference.len());
    let mut names = reference[..end].rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    names.find(|name| !name.is_empty())
}

/// Whether a name ends in `secret` and the client's identifier is meant, or in `id` and its secret is.
///
/// An `id` alone may be what a vendor calls its secret; `is_crossed` says that the identifier refers to a secret.
fn is_other_half(property: &str, variable: &str, is_crossed: bool) -> bool {
    let words: Vec<String> = variable.split(['_', '-']).map(str::to_lowercase).collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let ends = |word: &str| words.last().is_some_and(|last| last == word);
    // A name with both words may be that of an entry in a store: `ACME_SECRET_ID`.
    if property == "ClientId" {
        return (ends("secret") || ends("key") && has("secret")) && !has("id");
    }
    let is_client = || ["client", "app", "application", "consumer", "user"].iter().any(|word| has(word));
    is_secret_name(property) && ends("id") && !has("secret") && (is_crossed || is_client())
}
