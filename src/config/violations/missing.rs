//! What is missing: named once, with what adds it.

use std::collections::HashSet;

use super::{File, Violation, ViolationKind, credentials};
use crate::config::insert::{Addition, into_list, into_mapping};
use crate::config::installation::{Installation, Property};
use crate::config::{Reading, Shape, environment_name, is_called};
use crate::contract::{AuthKind, Contract, Field, Level};
use crate::diagnostic::Severity;
use crate::profile::{fold, is_same};
use crate::secrets::is_secret_name;
use crate::tree::{Node, Value};

/// What both the kind of authentication and the contract demand is missing once; the contract's
/// voice wins because it names a place.
pub(super) fn merge_missing(found: &mut Vec<Violation>) {
    let named = |violation: &Violation| violation.missing_name().map(|(name, property)| (name.to_owned(), property));
    let demanded: HashSet<(String, bool)> =
        found.iter().filter(|violation| violation.demand.is_some()).filter_map(named).collect();
    // A guide may ask for a value in the console and again for the account.
    let mut seen: HashSet<(String, bool)> = HashSet::new();
    found.retain(|violation| {
        let Some(name) = named(violation) else { return true };
        (violation.demand.is_some() || !demanded.contains(&name)) && seen.insert(name)
    });
}

/// What the partner enters in the console, where the manifest leaves all of that to the partner.
pub(super) fn left_to_partner(installation: &Installation, found: &mut Vec<Violation>) {
    let (Some(known), Some("partner")) =
        (&installation.contract, installation.node.get("ProvidedBy").and_then(Node::as_str))
    else {
        return;
    };
    let is_left = |(name, property): (&str, bool)| property && known.contract.is_in_console(name);
    found.retain(|violation| !violation.missing_name().is_some_and(is_left));
}

/// Values that the platform asks for at installation, as the guide says: an error only where it cannot ask. One half of an
/// OAuth client is left out by mistake.
pub(super) fn asked_later(installation: &Installation, reading: &Reading, found: &mut [Violation]) {
    let contract = installation.contract.as_ref().map(|known| &known.contract);
    let Some(contract) = contract.filter(|contract| contract.asks_later && !reading.unattended) else { return };
    let is_of_console = is_of_console(installation, contract);
    let has = |key: &str| installation.properties.iter().any(|property| is_same(&property.name.value, key));
    let is_half = |key: &str| key == "ClientId" && has("ClientSecret") || key == "ClientSecret" && has("ClientId");
    let is_later = |key: &str| {
        let credentials = contract.credentials().filter(|_| key == "AuthValue");
        let mut fields = contract.fields.iter().filter(|field| field.key == key).chain(credentials).peekable();
        // What the console asks for may be asked for again when the connector is installed.
        let is_in_console =
            |field: &Field| contract.fields.iter().any(|other| other.level == Level::Console && other.key == field.key);
        let is_asked = |field: &Field| is_of_console || is_in_console(field);
        !is_half(key) && fields.peek().is_some() && fields.all(is_asked)
    };
    // A guide that names no values and says that they are asked for.
    let is_unnamed = |name: &str, property: bool| !contract.lists_values() && !property && name == "AuthValue";
    for violation in found.iter_mut() {
        let is_demanded = violation.demand.is_some();
        let missing = violation.missing_name();
        if missing.is_some_and(|(name, property)| is_demanded && is_later(name) || is_unnamed(name, property)) {
            violation.severity = Some(Severity::Info);
        }
    }
}

/// Whether a manifest has only values that the partner enters in the console, where the guide asks for others at
/// installation.
fn is_of_console(installation: &Installation, contract: &Contract) -> bool {
    let at =
        |level: Level, name: &str| contract.fields.iter().any(|field| field.level == level && is_called(field, name));
    let names = || installation.properties.iter().map(|property| property.name.value.as_str());
    names().any(|name| at(Level::Console, name))
        && names().all(|name| at(Level::Console, name) || !at(Level::Account, name))
}

/// A key that is given as a property, and not as `AuthValue`: no guide says where the platform keeps it.
pub(super) fn key_as_property(installation: &Installation, found: &mut [Violation]) {
    const KEYS: [&str; 8] =
        ["apikey", "key", "apitoken", "token", "accesstoken", "authtoken", "secretkey", "bearertoken"];
    if installation.kind() != Some(AuthKind::ApiKey) {
        return;
    }
    let is_key = |property: &Property| KEYS.contains(&fold(&property.name.value).as_str());
    let is_given = match &installation.contract {
        Some(known) if known.contract.lists_values() => {
            credentials::are_properties(&installation.node, &known.contract)
        }
        _ => installation.properties.iter().any(is_key),
    };
    if !is_given {
        return;
    }
    for violation in found.iter_mut().filter(|one| one.missing_name() == Some(("AuthValue", false))) {
        violation.severity = Some(Severity::Info);
    }
}

/// Properties that are missing at one place are one violation that names them all; what adds them is joined.
pub(super) fn join_missing(found: &mut Vec<Violation>) {
    let mut joined: Vec<Violation> = Vec::new();
    found.retain(|violation| {
        let ViolationKind::Missing { name, property: true, empty: false, insert, .. } = &violation.kind else {
            return true;
        };
        let Some(first) = joined.iter_mut().find(|first| first.severity == violation.severity) else {
            joined.push(violation.clone());
            return false;
        };
        if let ViolationKind::Missing { more, insert: own, because, .. } = &mut first.kind {
            more.push(name.clone());
            *because = None;
            *own = match (own.take(), insert) {
                (Some(mut own), Some(insert)) if own.span == insert.span => {
                    own.text.push_str(&insert.text);
                    Some(own)
                }
                _ => None,
            };
        }
        false
    });
    found.extend(joined);
}

/// A value that is left empty is asked for at installation. A request that carries credentials is
/// sent by a machine: it cannot prompt.
pub(super) fn empty_values(installation: &Installation, reading: &Reading, found: &mut Vec<Violation>) {
    let unattended = reading.unattended || installation.shape != Shape::Native && installation.has_credentials();
    let empty = |node: &Node| match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty() && !reading.references.is_reference(text, node.tag.as_deref()),
        _ => false,
    };
    if let Some(value) = installation.auth_value.as_ref().filter(|value| value.as_str() == Some("") && empty(value)) {
        let mut violation = Violation::missing("AuthValue", false, value.span);
        if let ViolationKind::Missing { empty, .. } = &mut violation.kind {
            *empty = true;
        }
        let is_oauth = matches!(installation.kind(), Some(AuthKind::OAuth1 | AuthKind::OAuth2));
        let prompts = installation.shape == Shape::Native || is_oauth;
        if !reading.unattended {
            violation.severity = Some(if prompts { Severity::Info } else { Severity::Warning });
        }
        if installation.shape != Shape::Account {
            found.push(violation);
        }
    }
    let leaves_out = |property: &&Property| {
        installation.contract.as_ref().is_some_and(|known| known.contract.leaves_out(&property.name.value))
    };
    let open = installation.properties.iter().filter(|property| property.provided_by.is_none());
    for property in open.filter(|property| !leaves_out(property)) {
        if let Some(value) = property.value.as_ref().filter(|value| empty(value)) {
            let mut violation = Violation::missing(&property.name.value, true, property.name.span);
            if let ViolationKind::Missing { empty, .. } = &mut violation.kind {
                *empty = true;
            }
            if !value.span.is_empty() {
                violation.span = value.span;
            }
            // A request that installs a connector cannot ask for a secret.
            let is_owed = installation.shape == Shape::Install && is_secret_name(&property.name.value);
            violation.severity = (!unattended).then_some(if is_owed { Severity::Warning } else { Severity::Info });
            found.push(violation);
        }
    }
}

/// Offers to add what is missing, with a reference for its value.
pub(super) fn insertions(installation: &Installation, file: File<'_>, found: &mut [Violation]) {
    let list = installation.node.get("Properties").filter(|list| matches!(list.value, Value::Sequence(_)));
    let mut list_is_new = list.is_none();
    for violation in found {
        let ViolationKind::Missing { name, property, empty: false, insert, .. } = &mut violation.kind else { continue };
        let value = format!("${{{}}}", environment_name(name));
        *insert = match (&*property, list) {
            (true, Some(list)) => into_list(file.source, list, file.reading.json, name, &value),
            // The first of several missing properties brings the list.
            (true, None) => {
                let addition = if std::mem::take(&mut list_is_new) {
                    Addition::Property { name, value: &value }
                } else {
                    Addition::Item { name, value: &value }
                };
                into_mapping(file.source, &installation.node, file.reading.json, &addition)
            }
            (false, _) if name == "AuthValue" => into_mapping(
                file.source,
                &installation.node,
                file.reading.json,
                &Addition::Value { key: name, value: &value },
            ),
            _ => None,
        };
    }
}
