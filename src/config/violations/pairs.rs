//! Joins what is unknown with what is missing: another name for a value is one violation, at the name.

use crate::config::violations::names::{OWN_NAMES, is_name, known_properties};
use crate::config::violations::{Violation, ViolationKind};
use crate::config::{Installation, Property};
use crate::diagnostic::Severity;
use crate::profile::fold;
use crate::secrets;

/// Joins an unknown key with the missing key that it can only mean.
pub(super) fn pair(found: &mut Vec<Violation>) {
    let meant: Vec<String> = found
        .iter()
        .filter_map(|violation| match &violation.kind {
            ViolationKind::Unknown { property: false, meant: Some(meant), .. } => Some(meant.clone()),
            _ => None,
        })
        .collect();
    found.retain(|violation| {
        !violation.missing_name().is_some_and(|(name, property)| !property && meant.iter().any(|key| key == name))
    });
}

/// Joins the one unknown secret with the one missing secret: the vendor's name for the value stands for it.
pub(super) fn pair_properties(found: &mut Vec<Violation>) {
    fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
        all.next().filter(|_| all.next().is_none())
    }
    let unknown = only(found.iter().enumerate().filter_map(|(at, violation)| match &violation.kind {
        ViolationKind::Unknown { name, property: true, meant: None, .. } => Some((at, name.clone())),
        _ => None,
    }));
    let missing = only(found.iter().filter_map(|violation| {
        let (name, property) = violation.missing_name()?;
        property.then(|| (name.to_owned(), violation.severity))
    }));
    let (Some((at, name)), Some((missing, severity))) = (unknown, missing) else { return };
    if ![&name, &missing].into_iter().all(|name| secrets::is_secret_name(name)) || severity == Some(Severity::Info) {
        return;
    }
    if let ViolationKind::Unknown { known, .. } = &mut found[at].kind {
        *known = vec![missing.clone()];
    }
    found[at].severity = severity;
    found.retain(|violation| violation.missing_name() != Some((&missing, true)));
}

/// Joins the missing half of an OAuth client with the one property that is named as vendors name it: `AppKey` for
/// `ClientId`, `ConsumerSecret` for `ClientSecret`.
pub(super) fn pair_client(installation: &Installation, found: &mut Vec<Violation>) {
    let missing: Vec<&str> = found
        .iter()
        .filter_map(Violation::missing_name)
        .filter(|(_, property)| *property)
        .map(|(name, _)| name)
        .collect();
    let half = OWN_NAMES.into_iter().filter(|own| missing.contains(own)).collect::<Vec<_>>();
    let [half] = half.as_slice() else { return };
    let known = known_properties(installation);
    let is_half = |property: &&Property| {
        let name = &property.name.value;
        is_name(name) && !known.contains(name) && is_client_half(name, *half == "ClientSecret")
    };
    let mut named = installation.properties.iter().filter(is_half);
    let (Some(property), None) = (named.next(), named.next()) else { return };
    let written = &property.name;
    found.retain(|violation| violation.span != written.span);
    let Some(violation) = found.iter_mut().find(|violation| violation.missing_name() == Some((half, true))) else {
        return;
    };
    violation.span = written.span;
    let known = vec![(*half).to_owned()];
    let name = written.value.clone();
    violation.kind = ViolationKind::Unknown { name, property: true, meant: None, is_sure: false, known };
}

/// Whether vendors call the identifier or the secret of an OAuth client so.
fn is_client_half(name: &str, is_secret: bool) -> bool {
    const OWNERS: [&str; 7] = ["client", "app", "application", "consumer", "api", "integration", "oauth"];
    const HALVES: [&[&str]; 2] = [&["key", "id", "identifier", "keyid"], &["secret", "secretkey", "password"]];
    let folded = fold(name);
    let is_half = |rest: &str| HALVES[usize::from(is_secret)].contains(&rest);
    OWNERS.iter().any(|owner| folded.strip_prefix(owner).is_some_and(is_half))
}
