//! Rules about connector configurations.

pub(super) mod auth_type_mismatch;
pub(super) mod callback_host_suspicious;
pub(super) mod callback_url_invalid;
pub(super) mod callback_url_mismatch;
pub(super) mod connector_unknown;
pub(super) mod credential_format;
pub(super) mod duplicate_key;
pub(super) mod environment_mixed;
pub(super) mod file_too_large;
pub(super) mod forbidden_field;
pub(super) mod insecure_url;
pub(super) mod invalid_value;
pub(super) mod literal_secret;
pub(super) mod missing_field;
pub(super) mod placeholder_left;
pub(super) mod same_secret;
pub(super) mod scope_broad;
pub(super) mod scope_delimiter;
pub(super) mod scope_label;
pub(super) mod scope_malformed;
pub(super) mod scope_not_documented;
pub(super) mod scope_outdated;
pub(super) mod scope_redundant;
pub(super) mod scope_unknown;
pub(super) mod secret_exposed;
pub(super) mod service_domain_invalid;
pub(super) mod syntax;
pub(super) mod unknown_field;
pub(super) mod unknown_shape;
pub(super) mod value_form;
pub(super) mod value_outdated;
pub(super) mod value_truncated;
pub(super) mod values_swapped;
pub(super) mod whitespace_in_value;
pub(super) mod wrong_type;
pub(super) mod yaml_1_1_ambiguity;

use crate::config::{Config, Installation, Text};
use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::Configuration;
use crate::scopes::Catalogue;
use crate::source::Span;
use crate::tree::ScalarStyle;

/// A fix that writes another string and keeps the author's quotes.
fn replace_string(config: &Config, span: Span, text: &str, title: String) -> Fix {
    let written = config.source.slice(span);
    let quote = u32::from(written.len() >= 2 && written.starts_with(['"', '\'']));
    let inner = Span { start: span.start + quote, end: span.end - quote, ..span };
    Fix::safe(title, vec![Edit::replace(inner, text)])
}

/// Hands each text of scopes to `check`, with the vendor's catalogs and whether it is an item of a list.
/// References and placeholders are left out.
fn each_scope_text(
    configuration: &Configuration<'_>,
    mut check: impl FnMut(&Installation, &Text, &[&Catalogue], bool),
) {
    let config = configuration.config;
    for installation in config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        let in_list = installation.scopes.as_ref().is_some_and(|scopes| !scopes.items().is_empty());
        for text in installation.scope_texts(config) {
            let value = text.value.as_str();
            if !value.trim().is_empty() && config.references.open_parts(value).is_empty() {
                check(installation, &text, &catalogues, in_list);
            }
        }
    }
}

/// Adds a fix that writes `value`, in quotes where a plain scalar cannot hold it.
fn replace_text(finding: Finding, text: &Text, value: &str, title: String) -> Finding {
    let needs_quotes = value.contains([',', '[', ']', '{', '}']) || value.contains(": ") || value.contains(" #");
    let quoted = (needs_quotes && text.style == ScalarStyle::Plain).then(|| format!("'{}'", value.replace('\'', "''")));
    let value = quoted.as_deref().unwrap_or(value);
    match text.inner() {
        Some(inner) if text.style != ScalarStyle::Block => {
            finding.fix(Fix::safe(title, vec![Edit::replace(inner, value)]))
        }
        _ => finding,
    }
}
