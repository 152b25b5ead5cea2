//! Credentials that a manifest gives as properties, or the other way round.

use crate::config::Installation;
use crate::contract::{AuthKind, Contract, Field};
use crate::profile::fold;
use crate::secrets::is_secret_name;
use crate::tree::Node;

/// Whether an installation without `AuthType` and `AuthValue` gives its credentials as properties.
pub(super) fn are_split(installation: &Installation) -> bool {
    let contract = installation.contract.as_ref().map(|known| &known.contract);
    contract.is_some_and(|contract| are_parts(&installation.node, contract))
}

/// Whether a manifest without `AuthType` and `AuthValue` gives its credentials as properties.
pub(super) fn are_parts(node: &Node, contract: &Contract) -> bool {
    let has = |key: &str| node.get(key).is_some();
    !has("AuthType") && !has("AuthValue") && are_properties(node, contract)
}

/// Whether a manifest gives each part of the credentials that the guide asks for as a property of its own.
pub(super) fn are_properties(node: &Node, contract: &Contract) -> bool {
    let names = property_names(node);
    let credentials = || contract.credentials().filter(|field| !field.is_left_out());
    // Without a list in the guide, any secret may be one of them.
    if !contract.lists_values() && names.iter().any(|name| is_secret_name(name)) {
        return true;
    }
    let is_given = |field: &Field| is_given(&names, field);
    credentials().any(is_given) && credentials().all(|field| is_given(field) || field.optional || field.conditional)
}

/// Whether a manifest gives a part of the credentials that the guide asks for as a property.
pub(super) fn is_any_property(node: &Node, contract: &Contract) -> bool {
    let names = property_names(node);
    contract.credentials().any(|field| is_given(&names, field))
}

/// Whether a manifest without `AuthValue` gives another value that the guide asks for as a property: its credentials are
/// properties as well.
pub(super) fn are_fields(node: &Node, contract: &Contract) -> bool {
    let names = property_names(node);
    node.get("AuthValue").is_none() && contract.properties().any(|field| is_given(&names, field))
}

/// The first credential that a manifest without `AuthValue` leaves out and the guide calls for.
pub(super) fn first_left_out<'a>(node: &Node, contract: &'a Contract) -> Option<&'a Field> {
    let names = property_names(node);
    let mut left_out = contract.credentials().filter(|field| !field.optional && !is_given(&names, field));
    left_out.next().filter(|_| node.get("AuthValue").is_none())
}

/// The names of a manifest's properties, folded.
pub(super) fn property_names(node: &Node) -> Vec<String> {
    let properties = node.get("Properties").map(Node::items).unwrap_or_default();
    properties.iter().filter_map(|item| Some(fold(item.get("Name")?.as_str()?))).collect()
}

/// Whether a field is among properties with these names.
pub(super) fn is_given(names: &[String], field: &Field) -> bool {
    names.contains(&fold(&field.key)) || names.contains(&fold(&field.name.value))
}

/// Whether a field is a part of the `AuthValue` of a manifest whose guide asks for a key, a user and a password.
pub(super) fn is_in_auth_value(node: &Node, field: &Field) -> bool {
    let kind = node.get("AuthType").and_then(Node::as_str).and_then(AuthKind::from_config_name);
    let is_login = matches!(field.key.as_str(), "Username" | "Email" | "Password");
    node.get("AuthValue").is_some()
        && match kind {
            Some(AuthKind::Basic) => is_login,
            Some(AuthKind::ApiKey) => field.secret && !is_login,
            _ => false,
        }
}
