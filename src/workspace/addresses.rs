//! Addresses of pages as text.

use crate::tree::Node;

/// A string, or the strings of a list.
pub(super) fn strings(node: &Node) -> Vec<&str> {
    node.as_str().into_iter().chain(node.items().iter().filter_map(Node::as_str)).collect()
}

/// An address without slashes around it.
pub(super) fn trim(address: &str) -> &str {
    address.trim_matches('/')
}

/// The form in which addresses are compared: servers give one page for `a`, `a/`, `a.html` and `a/index.html`.
pub(super) fn key(address: &str) -> &str {
    let address = trim(address);
    let address = address.strip_suffix(".html").unwrap_or(address);
    match address.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => trim(folder),
        _ => address,
    }
}

/// An address with its percent-encoded characters as they are.
pub(super) fn decoded(address: &str) -> std::borrow::Cow<'_, str> {
    let decoded = percent_encoding::percent_decode_str(address);
    decoded.decode_utf8().unwrap_or(std::borrow::Cow::Borrowed(address))
}
