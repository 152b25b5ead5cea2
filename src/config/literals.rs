//! Secrets that are written out where a configuration has a place for secrets.

use crate::config::{Config, Installation, References};
use crate::contract::scheme;
use crate::secrets::{is_secret_name, looks_random};
use crate::source::Span;
use crate::tree::{Node, Value};

/// A secret that is written out.
#[derive(Debug)]
pub struct Literal<'a> {
    /// The name of the value.
    pub name: &'a str,
    /// The value.
    pub span: Span,
}

impl Config {
    /// The credentials and secret properties that are written out rather than referred to.
    pub fn literal_secrets(&self) -> impl Iterator<Item = Literal<'_>> {
        self.installations().flat_map(|installation| {
            let credentials = installation.auth_value.iter().map(|value| ("AuthValue", value));
            let secret =
                installation.properties.iter().filter(|property| is_secret(installation, &property.name.value));
            let properties =
                secret.filter_map(|property| Some((property.name.value.as_str(), property.value.as_ref()?)));
            let literal = credentials.chain(properties).filter(|(_, value)| is_literal(value, &self.references));
            literal.map(|(name, value)| Literal { name, span: value.span })
        })
    }
}

fn is_secret(installation: &Installation, name: &str) -> bool {
    let fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    is_secret_name(name) || fields.into_iter().any(|field| field.secret && field.key == name)
}

fn is_literal(value: &Node, references: &References) -> bool {
    match &value.value {
        Value::String(text) => {
            let is_open = text.trim().is_empty() || text == "{}" || references.is_reference(text, value.tag.as_deref());
            !is_open
                && !refers_after_lead(text, references)
                && !refers_after_label(text, references)
                && !refers_to_tokens(text, references)
                && !has_secrets_elsewhere(text, references)
                && references.placeholder_in(text).is_none_or(|range| range != (0..text.len()))
        }
        Value::Number(_) => true,
        _ => false,
    }
}

/// Whether what comes after a user name or the name of a scheme is a reference: `ada:${PASSWORD}`, `Bearer ${TOKEN}`.
fn refers_after_lead(text: &str, references: &References) -> bool {
    let after_scheme = text.split_once(' ').filter(|(lead, _)| scheme(lead).is_some()).map(|(_, rest)| rest);
    let after_user = text.split_once(':').filter(|(lead, _)| !lead.contains(char::is_whitespace)).map(|(_, rest)| rest);
    let is_reference = |rest: &str| references.is_reference(rest.trim_start(), None);
    [after_scheme, after_user].into_iter().flatten().any(is_reference)
}

/// Whether what comes after words with a colon or an equals sign is a reference: `API Key: ${KEY}`.
fn refers_after_label(text: &str, references: &References) -> bool {
    let is_words = |label: &&str| label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-'));
    let after = text.split_once([':', '=']).filter(|(label, _)| is_words(label));
    after.is_some_and(|(_, rest)| references.is_reference(rest.trim_start(), None))
}

/// Whether the parts of a text are plain words and references, and the last one is a reference: `acme ${TOKEN} ${SECRET}`.
fn has_secrets_elsewhere(text: &str, references: &References) -> bool {
    let is_plain = |part: &str| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
        part.chars().all(is_part) && !looks_random(part)
    };
    let mut parts = text.split([' ', ':', '|', ',', ';']).filter(|part| !part.is_empty()).rev();
    let (last, before) = (parts.next(), parts.next());
    let is_reference = |part: &str| references.is_reference(part, None);
    // One word before a single reference may be a part of the secret.
    [last, before].into_iter().all(|part| part.is_some_and(is_reference))
        && parts.all(|part| is_reference(part) || is_plain(part))
}

/// Whether a text is an object of tokens each of which is a reference.
fn refers_to_tokens(text: &str, references: &References) -> bool {
    if !text.starts_with('{') || text.starts_with("{{") {
        return false;
    }
    let Ok(serde_json::Value::Object(members)) = serde_json::from_str(text) else { return false };
    let mut tokens = members.iter().filter(|(key, _)| !key.ends_with("Expires")).peekable();
    let refers = |token: &serde_json::Value| token.as_str().is_some_and(|token| references.is_reference(token, None));
    tokens.peek().is_some() && tokens.all(|(_, token)| refers(token))
}
