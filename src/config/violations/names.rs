//! Names of properties and keys: which are known, and what a misspelled one can only mean.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::config::violations::{Violation, ViolationKind};
use crate::config::{Installation, Property, References, Shape};
use crate::contract::{AuthKind, CALLBACK, Field};
use crate::diagnostic::Severity;
use crate::nearest;
use crate::profile::{fold, is_same, typos};
use crate::searchable::Searchable;
use crate::secrets;
use crate::source::Span;
use crate::spelling::frequent;
use crate::tree::{Node, Value, changed, with_value};

/// The names of properties that the platform itself knows.
pub(super) const OWN_NAMES: [&str; 2] = ["ClientId", "ClientSecret"];

/// Whether a name has the form of a property's: letters and digits, an uppercase letter first.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)
}

/// Reports the properties of an installation that are not known, and writes what a misspelled one
/// means into `instance`, so that it is not missing as well.
pub(super) fn check(installation: &Installation, references: &References, instance: &mut Node) -> Vec<Violation> {
    let known = known_properties(installation);
    let written: Vec<&str> = installation.properties.iter().map(|property| property.name.value.as_str()).collect();
    // Without `AuthValue`, a property may have been meant for one of the credentials.
    let credentials = installation.contract.iter().flat_map(|known| known.contract.credentials());
    let credentials = credentials.filter(|_| !installation.has_credentials()).map(|field| field.key.as_str());
    let free = known.iter().map(String::as_str).chain(credentials).filter(|name| !written.contains(name));
    let free: BTreeSet<&str> = free.collect();
    let free: Vec<&str> = free.into_iter().collect();
    let (mut found, mut renamed) = (Vec::new(), BTreeMap::new());
    let mut seen: HashSet<&str> = HashSet::new();
    for property in &installation.properties {
        let name = &property.name.value;
        let second = (!seen.insert(name.as_str())).then_some(property);
        if let Some(copied) = second.and_then(|second| installation.copied(second, references)) {
            renamed.insert(property.name.span, copied.to_owned());
            continue;
        }
        if known.contains(name) {
            continue;
        }
        let has_client = installation.contract.as_ref().is_some_and(|known| known.contract.is_oauth());
        if is_same(name, CALLBACK) && has_client && is_complete(installation) {
            found.push(callback(installation, property));
            continue;
        }
        if installation.has_credentials() && is_credential(installation, name) {
            let because = Some("already in `AuthValue`".to_owned());
            let kind = ViolationKind::Forbidden { name: name.clone(), because, help: None };
            found.push(Violation { severity: Some(Severity::Warning), ..Violation::new(kind, property.name.span) });
            continue;
        }
        if let Some(key) = key_as_printed(installation, name) {
            renamed.insert(property.name.span, key);
            continue;
        }
        // That `AuthValue` is missing says it already.
        if !installation.has_credentials() && is_name(name) && is_documented_credential(installation, name) {
            continue;
        }
        let other_name = key_of_name(installation, name);
        if let Some(key) = other_name.or_else(|| key_beside_connector(installation, name, &free)) {
            renamed.insert(property.name.span, key);
            continue;
        }
        let passed = passed_as(installation, name).filter(|meant| free.contains(meant));
        if passed.is_none() && is_mentioned(installation, name) && free.iter().all(|free| !is_same(free, name)) {
            // The guide itself may have a slip in the name of what it speaks of.
            let slipped = free.iter().find(|free| nearest::is_one_slip(&fold(free), &fold(name)));
            if let Some(slipped) = slipped {
                renamed.insert(property.name.span, (*slipped).to_owned());
            }
            continue;
        }
        let slipped = || slip_of_mention(installation, name, &written);
        let meant = passed.or_else(|| meant(name, &free)).or_else(slipped);
        if let Some(meant) = meant {
            renamed.insert(property.name.span, meant.to_owned());
        } else if !is_complete(installation) {
            continue;
        }
        // No guide says how a property is capitalized; only the platform's own names are exact.
        let is_own = meant.is_some_and(|meant| OWN_NAMES.contains(&meant));
        let in_other_case = !is_own && is_name(name) && meant.is_some_and(|meant| is_same(meant, name));
        if in_other_case && meant.is_some_and(|meant| is_as_right(installation, name, meant)) {
            continue;
        }
        let meant = meant.map(str::to_owned);
        // A guide may leave a property out; only a misspelling is certain.
        let is_sure = meant.as_ref().is_some_and(|meant| free.contains(&meant.as_str())) && passed.is_none();
        let severity = if in_other_case { Some(Severity::Info) } else { (!is_sure).then_some(Severity::Warning) };
        let alike = free.iter().filter(|free| is_alike(name, free)).map(|free| (*free).to_owned()).collect();
        let kind = ViolationKind::Unknown { name: name.clone(), property: true, meant, is_sure, known: alike };
        found.push(Violation { severity, ..Violation::new(kind, property.name.span) });
    }
    rename(instance, &renamed);
    found
}

/// Whether one name may have been meant by another: they share a word, or nearly all of their letters.
fn is_alike(name: &str, other: &str) -> bool {
    let words = secrets::words(name);
    secrets::words(other).iter().any(|word| words.contains(word)) || nearest::suggestion(name, &[other]).is_some()
}

/// The callback URL among the properties: guides list it, and the platform fills it in.
fn callback(installation: &Installation, property: &Property) -> Violation {
    let is_missing = installation.shape == Shape::Native && installation.node.get(CALLBACK).is_none();
    let help = if is_missing { format!("move to the key `{CALLBACK}`") } else { "remove it".to_owned() };
    let because = Some("not a property of the connector".to_owned());
    let kind = ViolationKind::Forbidden { name: property.name.value.clone(), because, help: Some(help) };
    Violation { severity: Some(Severity::Warning), ..Violation::new(kind, property.name.span) }
}

/// Whether a name is that of the guide without its spaces, or differs from the property's only by the case of an
/// abbreviation: `BaseURL` for `BaseUrl`.
fn is_as_right(installation: &Installation, name: &str, meant: &str) -> bool {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let is_word = |label: &str| label.chars().filter(|c| !c.is_whitespace()).eq(name.chars());
    fields.filter(|field| field.key == meant).any(|field| is_word(&field.name.value))
        || differs_in_abbreviation(name, meant)
}

/// Whether the only difference of two names is that one of them has its abbreviations in uppercase.
fn differs_in_abbreviation(one: &str, other: &str) -> bool {
    const LONGEST: usize = 3;
    let pairs: Vec<(u8, u8)> = one.bytes().zip(other.bytes()).collect();
    let is_upper = |at: usize| pairs.get(at).is_none_or(|(one, other)| one == other && !one.is_ascii_lowercase());
    let mut at = 0;
    while at < pairs.len() {
        let length = pairs[at..].iter().take_while(|(one, other)| one != other).count();
        let is_abbreviation = length < LONGEST && at > 0 && is_upper(at - 1) && is_upper(at + length);
        if length > 0 && !is_abbreviation {
            return false;
        }
        at += length + 1;
    }
    one.eq_ignore_ascii_case(other)
}

/// Joins the properties that are among the manifest's keys: they are misplaced, neither unknown nor missing.
pub(super) fn misplaced(installation: &Installation, found: &mut Vec<Violation>) {
    let mut known = known_properties(installation);
    known.extend(["ClientId".to_owned(), "ClientSecret".to_owned()]);
    let property = |name: &str| known.iter().find(|known| is_same(known, name));
    let mut names: Vec<(String, Span)> = Vec::new();
    found.retain(|violation| match &violation.kind {
        ViolationKind::Unknown { name, property: false, .. } if property(name).is_some() => {
            names.push((name.clone(), violation.span));
            false
        }
        _ => true,
    });
    let Some(span) = names.iter().map(|(_, span)| *span).min() else { return };
    found.retain(|violation| {
        let is_misplaced = |missing: &str| names.iter().any(|(name, _)| is_same(name, missing));
        !violation.missing_name().is_some_and(|(missing, property)| property && is_misplaced(missing))
    });
    let names = names.into_iter().map(|(name, _)| name).collect();
    found.push(Violation::new(ViolationKind::Misplaced { names }, span));
}

/// The one of `names` that `name` can only mean; case and separators do not count.
pub(super) fn meant<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    nearest::certain(name, names.iter().copied(), fold)
}

/// The properties that the contract and the kind of authentication know.
pub(super) fn known_properties(installation: &Installation) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    if matches!(installation.kind(), Some(AuthKind::OAuth1 | AuthKind::OAuth2)) {
        known.extend(["ClientId".to_owned(), "ClientSecret".to_owned()]);
    }
    if let Some(contract) = &installation.contract {
        let is_apart = match installation.kind() {
            Some(AuthKind::AuthFields) => true,
            Some(AuthKind::ApiKey) => installation.has_credentials() && contract.contract.has_several_keys(),
            _ => false,
        };
        let credentials = contract.contract.credentials().filter(|_| is_apart);
        let keys = contract.contract.properties().chain(credentials).map(|field| &field.key);
        for key in keys {
            if !known.contains(key) {
                known.push(key.clone());
            }
        }
    }
    known
}

/// The property that holds the value which the guide calls `name` with words of its own: `ConsumerKey` is accepted for
/// the identifier of an OAuth client.
fn key_of_name(installation: &Installation, name: &str) -> Option<String> {
    let contract = &installation.contract.as_ref()?.contract;
    let called = |field: &&Field| is_same(&field.name.value, name) && !is_same(&field.key, name);
    contract.fields.iter().find(called).filter(|_| is_name(name)).map(|field| field.key.clone())
}

/// The property that holds the value which the vendor calls `name` and the guide passes as the user name or the password.
fn passed_as<'a>(installation: &'a Installation, name: &str) -> Option<&'a str> {
    let passed = &installation.contract.as_ref()?.contract.passed;
    passed.iter().find(|(source, _)| is_same(source, name)).map(|(_, key)| key.as_str())
}

/// The property of the value whose name the guide prints exactly so, as one word in lowercase: `api_key`.
fn key_as_printed(installation: &Installation, name: &str) -> Option<String> {
    let is_word = name.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '_');
    let mut fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    let field = fields.find(|field| is_word && field.name.value == name)?;
    (!OWN_NAMES.iter().any(|own| is_same(own, name))).then(|| field.key.clone())
}

/// The one of the `free` properties that differs from `name` only by the connector's own name in front: no guide says
/// whether `Acme Domain` is `AcmeDomain` or `Domain`.
fn key_beside_connector(installation: &Installation, name: &str, free: &[&str]) -> Option<String> {
    let connector = fold(&installation.contract.as_ref()?.contract.connector.as_ref()?.value);
    if connector.is_empty() || !is_name(name) {
        return None;
    }
    let bare = |name: &str| fold(name).strip_prefix(connector.as_str()).map_or_else(|| fold(name), str::to_owned);
    let mut same =
        free.iter().filter(|known| !bare(name).is_empty() && bare(known) == bare(name) && !is_same(known, name));
    let only = same.next()?;
    same.next().is_none().then(|| (*only).to_owned())
}

/// Whether a property is one of the values that make up the credentials.
fn is_credential(installation: &Installation, name: &str) -> bool {
    let Some(known) = &installation.contract else { return false };
    let contract = &known.contract;
    let is_one_of = |names: &[&str]| names.contains(&fold(name).as_str());
    let is_user = is_one_of(&["username", "password"]);
    let is_complete = contract.gaps.iter().all(|gap| gap.fact != "fields");
    // One of several keys may be a value of its own.
    let is_of_several = installation.kind() == Some(AuthKind::ApiKey) && contract.has_several_keys();
    let is_apart = is_of_several || installation.kind() == Some(AuthKind::Basic);
    !is_apart && contract.credentials().any(|field| field.key == name)
        || match installation.kind() {
            Some(AuthKind::Basic) => is_user,
            Some(AuthKind::ApiKey) => {
                is_complete && !is_of_several && (is_user || is_one_of(&["apikey", "apitoken", "accesstoken"]))
            }
            _ => false,
        }
}

/// Whether a property is one of the credentials that the guide asks for.
fn is_documented_credential(installation: &Installation, name: &str) -> bool {
    let known = installation.contract.iter();
    known.flat_map(|known| known.contract.credentials()).any(|field| is_same(&field.key, name))
}

/// Whether the guide names a value like this without asking for it.
fn is_mentioned(installation: &Installation, name: &str) -> bool {
    let mentioned = installation.contract.iter().flat_map(|known| &known.contract.mentioned);
    mentioned.into_iter().any(|key| is_same(key, name))
}

/// The value that a guide without a list of values speaks of and `name` is but for a slip in one of its words.
fn slip_of_mention<'a>(installation: &'a Installation, name: &str, written: &[&str]) -> Option<&'a str> {
    let contract = &installation.contract.as_ref().filter(|_| !is_complete(installation))?.contract;
    let own = ["Username", "Password"].into_iter().filter(|_| installation.kind() == Some(AuthKind::Basic));
    let described = contract.described.iter().map(|field| field.key.as_str());
    let keys = contract.mentioned.iter().map(String::as_str).chain(described).chain(own);
    let words = secrets::words(name);
    let is_slip = |key: &&str| {
        let pairs = secrets::words(key);
        let mut other = words.iter().zip(&pairs).filter(|(one, other)| one != other);
        let only = other.next().filter(|_| other.next().is_none() && words.len() == pairs.len());
        // Most words that are alike are others: `Plan` and `Plant`.
        only.is_some_and(|(one, other)| corrected(one).is_some_and(|right| right == *other))
    };
    let mut slips = keys.filter(|key| !written.contains(key)).filter(is_slip);
    let first = slips.next().filter(|_| is_name(name))?;
    slips.all(|other| other == first).then_some(first)
}

/// What a misspelled word in lowercase can only mean.
fn corrected(word: &str) -> Option<String> {
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let listed = || typos::find_in(&Searchable::new(word)).next().map(|(_, right)| right);
    is_word.then(|| frequent(word).map(str::to_owned).or_else(listed)).flatten()
}

/// Whether the contract names all properties there are.
fn is_complete(installation: &Installation) -> bool {
    installation.contract.as_ref().is_some_and(|known| known.contract.lists_values())
}

/// Writes into `instance` what the names of properties mean.
fn rename(instance: &mut Node, meant: &BTreeMap<Span, String>) {
    let Some(Value::Sequence(items)) = instance.get("Properties").map(|list| &list.value) else { return };
    let changes = items.iter().map(|item| {
        let meant = meant.get(&item.get("Name")?.span)?;
        Some(with_value(item, "Name", Value::String(meant.clone())))
    });
    if let Some(items) = changed(items, changes, |item, renamed| *item = renamed) {
        *instance = with_value(instance, "Properties", Value::Sequence(items));
    }
}
