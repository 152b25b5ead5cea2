//! The body of a request, held against the contract of the connector that it names.
//!
//! A body has no permalink: the connector is found by its name, so what the contract demands is a warning.

use super::names;
use super::translate::properties_head;
use super::{Demand, Violation, ViolationKind};
use crate::config::{Installation, Shape};
use crate::contract::{AuthKind, Level};
use crate::diagnostic::Severity;
use crate::profile::fold;
use crate::tree::Node;

/// The properties of an installation that its contract does not know, and those that it asks for at installation and the
/// body lacks.
pub(super) fn check(installation: &Installation) -> Vec<Violation> {
    let Some(known) = &installation.contract else { return Vec::new() };
    let mut instance = installation.node.clone();
    let mut found = names::check(installation, &mut instance);
    // A program may send what the platform does not need.
    found.retain(|violation| !matches!(violation.kind, ViolationKind::Forbidden { .. }));
    for violation in &mut found {
        violation.severity = violation.severity.or(Some(Severity::Warning));
    }
    let is_empty = |node: &Node| node.tag.is_none() && node.as_str() == Some("");
    if let Some(empty) = installation.auth_value.as_ref().filter(|node| is_empty(node))
        && matches!(installation.kind(), Some(AuthKind::ApiKey | AuthKind::Basic))
    {
        let mut missing = Violation::missing("AuthValue", false, empty.span);
        if let ViolationKind::Missing { empty, .. } = &mut missing.kind {
            *empty = true;
        }
        found.push(Violation { severity: Some(Severity::Warning), ..missing });
    }
    // A stored authentication has values of its own, and what the platform returns is complete.
    let is_request = installation.shape != Shape::Account && installation.node.get("AuthenticationId").is_none();
    let contract = &known.contract;
    if !is_request || installation.properties.is_empty() || contract.has_several_ways() || contract.auth.is_none() {
        return found;
    }
    let renamed = instance.get("Properties").map(|list| list.items().to_vec()).unwrap_or_default();
    let written: Vec<String> = renamed.iter().filter_map(|item| Some(fold(item.get("Name")?.as_str()?))).collect();
    let is_given = |name: &str| written.contains(&fold(name));
    for field in contract.properties() {
        let is_asked = field.level == Level::Account && !field.optional;
        if is_asked && !is_given(&field.key) && !is_given(&field.name.value) {
            let missing = Violation::missing(&field.key, true, properties_head(&installation.node));
            let demand = Some(Demand::new(&field.name, known));
            found.push(Violation { demand, severity: Some(Severity::Warning), ..missing });
        }
    }
    found
}
