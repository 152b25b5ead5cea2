//! Where a configuration breaks the schema of its shape or the contract of its connector.
//!
//! Both are checked by the JSON Schema validator; an error names a place by a JSON pointer, which
//! the tree turns into the bytes of the key or value. A name that is plainly a misspelling is one
//! violation, not an unknown name and a missing one.

mod bodies;
mod choices;
mod credentials;
mod custom;
mod kinds;
mod missing;
mod names;
mod pairs;
mod translate;

use std::collections::HashSet;

use crate::config::installation::Installation;
use crate::config::schema::{Definition, MANIFEST, Renamed};
use crate::config::{Reading, References, Shape};
use crate::contract::{AuthKind, CALLBACK, Contract, Grant};
use crate::diagnostic::Severity;
use crate::source::{SourceFile, Span};
use crate::tree::{Node, Value, with_value};

pub use kinds::{Demand, Violation, ViolationKind};
use missing::{asked_later, empty_values, insertions, join_missing, key_as_property, left_to_partner, merge_missing};

/// What the search needs to know about the file.
#[derive(Clone, Copy)]
struct File<'a> {
    source: &'a SourceFile,
    reading: &'a Reading,
}

/// The violations of a document, in order of place.
pub(super) fn find(
    node: &Node,
    definition: Definition,
    renamed: Vec<Renamed>,
    installations: &[Installation],
    source: &SourceFile,
    reading: &Reading,
) -> Vec<Violation> {
    let file = File { source, reading };
    let in_other_case = is_in_other_case(node, &renamed);
    let mut found: Vec<Violation> =
        renamed.into_iter().map(|key| renamed_key(key, definition.shape, in_other_case)).collect();
    if definition.shape == Shape::Native {
        if definition != MANIFEST {
            found.extend(translate::shallow(node, definition));
        }
        for installation in installations.iter().filter(|installation| !installation.node.entries().is_empty()) {
            manifest(installation, file, &mut found);
        }
    } else {
        found.extend(translate::run(node, node, definition));
        pairs::pair(&mut found);
        if definition.shape == Shape::Custom {
            found.extend(custom::merge_fields(node, source));
            found.extend(custom::words(node));
        }
        for installation in installations {
            bodies::check(installation, file, &mut found);
            empty_values(installation, reading, &mut found);
        }
    }
    if found.iter().any(Violation::is_about_value) {
        let open = open_spans(node, &reading.references);
        found.retain(|violation| !violation.is_about_value() || open.binary_search(&violation.span).is_err());
    }
    found.sort_by_key(|violation| (violation.span, violation.rank()));
    // One cause, one violation: a value of the wrong type is not also outside its enumeration.
    found.dedup_by(|next, kept| next.span == kept.span && next.rank() > kept.rank() && kept.rank() == 0);
    found
}

/// The spans of all references in a node, in order: what they hold has no type or form yet.
fn open_spans(node: &Node, references: &References) -> Vec<Span> {
    fn walk(node: &Node, references: &References, found: &mut Vec<Span>) {
        if references.is_reference_node(node) {
            found.push(node.span);
            return;
        }
        for entry in node.entries() {
            // What is wrong with a mapping is said at its key.
            if references.is_reference_node(&entry.value) {
                found.push(entry.key_span);
            }
            walk(&entry.value, references, found);
        }
        node.items().iter().for_each(|item| walk(item, references, found));
    }
    let mut found = Vec::new();
    walk(node, references, &mut found);
    found.sort_unstable();
    found
}

/// The spans of the references that keep names of properties: the whole list, or single names.
fn open_names(installation: &Installation, references: &References) -> HashSet<Span> {
    let properties = installation.node.get("Properties");
    let names = properties.iter().flat_map(|list| list.items()).filter_map(|item| item.get("Name"));
    let open = properties.into_iter().chain(names).filter(|node| references.is_reference_node(node));
    open.map(|node| node.span).collect()
}

/// Whether a document has all of its keys in another case: `connector`, `authType`.
fn is_in_other_case(node: &Node, renamed: &[Renamed]) -> bool {
    let is_exact = |key: &str, span: Span| {
        key.starts_with(char::is_uppercase) && !renamed.iter().any(|renamed| renamed.span == span)
    };
    !renamed.is_empty()
        && renamed.iter().all(|key| key.written.eq_ignore_ascii_case(&key.meant))
        && !node.entries().iter().any(|entry| is_exact(&entry.key, entry.key_span))
}

/// The platform reads the keys of its own bodies in any case, and a file in another case throughout was written for a
/// program that changes it; otherwise a manifest's keys are exact.
fn renamed_key(key: Renamed, shape: Shape, in_other_case: bool) -> Violation {
    let differs_in_case = key.written.eq_ignore_ascii_case(&key.meant);
    let severity = match (in_other_case, differs_in_case && shape != Shape::Native) {
        (true, _) => Some(Severity::Info),
        (_, true) => Some(Severity::Warning),
        _ => None,
    };
    let kind = ViolationKind::Unknown {
        name: key.written,
        property: false,
        meant: Some(key.meant),
        is_sure: true,
        known: Vec::new(),
    };
    Violation { severity, ..Violation::new(kind, key.span) }
}

/// Whether the guide itself describes what the schema of manifests in general has against a manifest: a sign-in with the
/// name and the password of a user, or one with the platform's own client.
fn is_as_documented(
    violation: &Violation,
    installation: &Installation,
    contract: &Contract,
    by_password: bool,
) -> bool {
    match &violation.kind {
        ViolationKind::Invalid { name, advice: Some(_), .. } => name == "OAuth2Type" && by_password,
        ViolationKind::AuthMismatch { key: "OAuth2Type", written, .. } => {
            by_password && written == Grant::PasswordCredentials.config_name()
        }
        ViolationKind::Missing { name, property: true, .. } => {
            violation.demand.is_none()
                && matches!(name.as_str(), "ClientId" | "ClientSecret")
                && (contract.has_own_client() || contract.leaves_out(name) || choices::is_of_other(installation, name))
        }
        _ => false,
    }
}

/// Checks one native manifest against the schema and the connector's contract.
fn manifest(installation: &Installation, file: File<'_>, found: &mut Vec<Violation>) {
    let mut instance = installation.node.clone();
    let lacks = |instance: &Node, key: &str| instance.get(key).is_none();
    if lacks(&instance, "Properties") {
        instance = with_value(&instance, "Properties", Value::Sequence([].into()));
    }
    if let (None, Some(kind)) = (&installation.auth_type, installation.kind())
        && lacks(&instance, "AuthType")
    {
        let kind = if credentials::are_split(installation) { AuthKind::AuthFields } else { kind };
        instance = with_value(&instance, "AuthType", Value::String(kind.config_name().to_owned()));
    }
    let mut own = names::check(installation, &file.reading.references, &mut instance);
    own.extend(translate::run(&installation.node, &instance, MANIFEST));
    if let Some(known) = &installation.contract {
        own.extend(translate::contract(&installation.node, &instance, known));
    }
    choices::check(installation, &mut own);
    // With another kind of authentication than the guide's, all else that the guide asks for is missing too.
    if own.iter().any(|violation| matches!(violation.kind, ViolationKind::AuthMismatch { key: "AuthType", .. })) {
        own.retain(|violation| violation.demand.is_none() || violation.missing_name().is_none());
    }
    // The platform knows how its connector signs in: the grant is owed only where the file names the kind.
    if installation.auth_type.is_none() {
        let is_of_kind = |name: &str| name == "OAuth2Type" || name == CALLBACK;
        own.retain(|violation| !violation.missing_name().is_some_and(|(name, property)| !property && is_of_kind(name)));
    }
    if let Some(known) = &installation.contract {
        let by_password = known.contract.signs_in_with_password();
        own.retain(|violation| !is_as_documented(violation, installation, &known.contract, by_password));
    }
    merge_missing(&mut own);
    pairs::pair(&mut own);
    names::misplaced(installation, &mut own);
    // A list under a misspelled key is there all the same.
    let misspells_list = |violation: &Violation| matches!(&violation.kind, ViolationKind::Unknown { meant: Some(meant), .. } if meant == "Properties");
    let list_is_misspelled = own.iter().any(misspells_list);
    // The manifest's own key holds what a guide calls a value.
    let is_given = |name: &str, property: bool| match name {
        _ if property && list_is_misspelled => true,
        "Scopes" => property && installation.scopes.is_some(),
        CALLBACK => !property && !installation.callbacks.is_empty(),
        _ => false,
    };
    own.retain(|violation| !violation.missing_name().is_some_and(|(name, property)| is_given(name, property)));
    let open = open_names(installation, &file.reading.references);
    if !open.is_empty() {
        let is_property = |violation: &Violation| violation.missing_name().is_some_and(|(_, property)| property);
        own.retain(|violation| !is_property(violation) && !open.contains(&violation.span));
    }
    left_to_partner(installation, &mut own);
    asked_later(installation, file.reading, &mut own);
    pairs::pair_properties(&mut own);
    pairs::pair_client(installation, &mut own);
    key_as_property(installation, &mut own);
    empty_values(installation, file.reading, &mut own);
    insertions(installation, file, &mut own);
    join_missing(&mut own);
    found.extend(own);
}
