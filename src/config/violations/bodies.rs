//! Bodies of requests and responses against the contract of the connector that their name stands for.
//!
//! A body has only what its installation adds: what the partner entered in the console is not in it, and what is left
//! out is asked for, unless the body already has the credentials.

use super::{File, Violation, ViolationKind, choices, credentials, insertions, join_missing, names, pairs};
use crate::config::installation::Installation;
use crate::config::violations::translate::properties_head;
use crate::config::{Demand, Shape};
use crate::contract::{Contract, Field, Level};
use crate::diagnostic::Severity;
use crate::tree::Node;

/// Checks the properties of one body. A name is free text, so nothing is an error.
pub(super) fn check(installation: &Installation, file: File<'_>, found: &mut Vec<Violation>) {
    let Some(known) = &installation.contract else { return };
    let mut instance = installation.node.clone();
    let mut own = names::check(installation, &file.reading.references, &mut instance);
    choices::check(installation, &mut own);
    let is_response = installation.shape == Shape::Account;
    // The platform's own output has properties that no guide names.
    own.retain(|violation| !is_response || !matches!(violation.kind, ViolationKind::Unknown { meant: None, .. }));
    let has_all = installation.has_credentials() || credentials::are_properties(&instance, &known.contract);
    // The page that a launch opens asks the user.
    let severity = match file.reading.unattended {
        _ if installation.shape != Shape::Launch || has_all => Severity::Warning,
        true => Severity::Error,
        false => Severity::Info,
    };
    for field in left_out(installation, &instance, &known.contract, has_all) {
        let missing = Violation::missing(&field.key, true, properties_head(&installation.node));
        let demand = Some(Demand::new(&field.name, known));
        own.push(Violation { demand, severity: Some(severity), ..missing });
    }
    for violation in &mut own {
        violation.severity.get_or_insert(Severity::Warning);
    }
    pairs::pair_properties(&mut own);
    insertions(installation, file, &mut own);
    join_missing(&mut own);
    found.extend(own);
}

/// The values for the account that a body leaves out: one with all credentials, a request that installs a connector,
/// which cannot ask for the other half of them, or one that opens an installation with some values.
fn left_out<'a>(installation: &Installation, instance: &Node, contract: &'a Contract, has_all: bool) -> Vec<&'a Field> {
    if installation.shape == Shape::Account || contract.has_several_ways() {
        return Vec::new();
    }
    let credentials: Vec<&str> = contract.credentials().map(|field| field.key.as_str()).collect();
    let is_credential = |field: &Field| credentials.contains(&field.key.as_str());
    let names = credentials::property_names(instance);
    let is_given = |field: &Field| credentials::is_given(&names, field);
    let gives =
        |is_kind: &dyn Fn(&Field) -> bool| contract.fields.iter().any(|field| is_kind(field) && is_given(field));
    let has_half = gives(&|field| field.secret || is_credential(field));
    let is_checked = has_all
        || installation.shape == Shape::Install && has_half
        || installation.shape == Shape::Launch && gives(&|_| true);
    if !is_checked {
        return Vec::new();
    }
    let in_value = |field: &Field| installation.has_credentials() && (field.secret || is_credential(field));
    let is_owed = |field: &&Field| {
        let is_secret = field.secret && !is_credential(field) && has_all;
        // Without a half of them, the credentials are those of `AuthValue`.
        let is_whole = is_credential(field) && !has_half;
        is_of_account(contract, field) && !is_secret && !is_whole && !in_value(field) && !is_given(field)
    };
    contract.fields.iter().filter(is_owed).collect()
}

/// Whether a value is asked for at installation only.
fn is_of_account(contract: &Contract, field: &Field) -> bool {
    let in_console = |other: &Field| other.key == field.key && other.level == Level::Console;
    !field.optional && !field.conditional && !field.is_left_out() && !contract.fields.iter().any(in_console)
}
