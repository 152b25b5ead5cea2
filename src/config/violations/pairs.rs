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

/// Joins each missing half of an OAuth client with the one property that is named as vendors name it: `AppKey` for
/// `ClientId`, `ConsumerSecret` for `ClientSecret`. Of a client without both halves, both are.
pub(super) fn pair_client(installation: &Installation, found: &mut Vec<Violation>) {
    let is_missing = |own: &&str| found.iter().any(|violation| violation.missing_name() == Some((own, true)));
    let halves: Vec<&str> = OWN_NAMES.into_iter().filter(is_missing).collect();
    let known = known_properties(installation);
    let written = |half: &str| {
        let is_half = |property: &&Property| {
            let name = &property.name.value;
            let is_bare = halves.len() == 1 && is_bare_half(name, half == "ClientSecret");
            is_name(name) && !known.contains(name) && (is_bare || is_client_half(name, half == "ClientSecret"))
        };
        let mut named = installation.properties.iter().filter(is_half);
        named.next().filter(|_| named.next().is_none()).map(|property| &property.name)
    };
    let Some(pairs) = halves.iter().map(|half| Some((*half, written(half)?))).collect::<Option<Vec<_>>>() else {
        return;
    };
    for (half, written) in pairs {
        found.retain(|violation| violation.span != written.span);
        if let Some(violation) = found.iter_mut().find(|violation| violation.missing_name() == Some((half, true))) {
            violation.span = written.span;
            let (name, known) = (written.value.clone(), vec![half.to_owned()]);
            violation.kind = ViolationKind::Unknown { name, property: true, meant: None, is_sure: false, known };
        }
    }
}

/// Whether a name says only that the value is an identifier or a secret.
fn is_bare_half(name: &str, is_secret: bool) -> bool {
    let bare = if is_secret { ["secret", "secretkey"] } else { ["identifier", "uniqueidentifier"] };
    bare.contains(&fold(name).as_str())
}

/// Whether vendors call the identifier or the secret of an OAuth client so.
fn is_client_half(name: &str, is_secret: bool) -> bool {
    const OWNERS: [&str; 7] = ["client", "app", "application", "consumer", "api", "integration", "oauth"];
    const HALVES: [&[&str]; 2] = [&["key", "id", "identifier", "keyid"], &["secret", "secretkey", "password"]];
    let folded = fold(name);
    let is_half = |rest: &str| HALVES[usize::from(is_secret)].contains(&rest);
    OWNERS.iter().any(|owner| folded.strip_prefix(owner).is_some_and(is_half))
}
