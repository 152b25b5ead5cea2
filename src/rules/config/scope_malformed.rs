//! `config/scope-malformed`

use crate::config::Text;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::scopes::{Catalogue, Delimiter, invalid_character};
use crate::tree::ScalarStyle;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/scope-malformed",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("scope_malformed.md"),
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    let references = &config.references;
    for installation in config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        let in_list = installation.scopes.as_ref().is_some_and(|scopes| !scopes.items().is_empty());
        for text in installation.scope_texts(&config.source) {
            let value = text.value.as_str();
            if references.is_reference(value, None)
                || references.placeholder_in(value).is_some()
                || value.trim().is_empty()
            {
                continue;
            }
            found.extend(
                label(&text, &catalogues)
                    .or_else(|| delimiter(&text, &catalogues, in_list))
                    .or_else(|| character(&text, &catalogues)),
            );
        }
    }
}

/// What the vendor's console shows is not what is sent.
fn label(text: &Text, catalogues: &[&Catalogue]) -> Option<Finding> {
    if catalogues.iter().any(|catalogue| catalogue.knows(&text.value)) {
        return None;
    }
    let scope = catalogues.iter().find_map(|catalogue| catalogue.by_label(&text.value))?;
    // A label that differs from the name only in case and separators is a misspelt name.
    let folded = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if folded(&scope.name) == folded(&text.value) {
        return None;
    }
    let name = &scope.name;
    let finding = Finding::new(text.span, format!("`{}` is what the console shows, not a scope", text.value));
    Some(with_fix(finding.help(format!("the scope is `{name}`")), text, name, format!("write `{name}`")))
}

/// Several scopes in one text, with the right or the wrong character between them.
fn delimiter(text: &Text, catalogues: &[&Catalogue], in_list: bool) -> Option<Finding> {
    let parts: Vec<&str> =
        text.value.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()).collect();
    let has_comma = text.value.contains(',');
    let has_space = text.value.trim().contains(char::is_whitespace);
    if parts.len() < 2 {
        return None;
    }
    let expected = catalogues.first().map(|catalogue| catalogue.delimiter);
    if in_list {
        // A comma is a legal character of a scope: only a known vendor tells that it is none.
        let several = has_space || expected.is_some();
        let message = "one item of the list holds several scopes";
        return several.then(|| Finding::new(text.span, message).help("write each scope as an item of its own"));
    }
    let (wrong, right, name) = match expected? {
        Delimiter::Space => (has_comma, " ", "a space"),
        Delimiter::Comma => (!has_comma || text.value.split(',').any(|part| part.trim().contains(' ')), ",", "a comma"),
    };
    let joined = parts.join(right);
    let finding = || Finding::new(text.span, format!("this vendor's scopes are separated by {name}"));
    wrong.then(|| {
        with_fix(finding().help(format!("write `{joined}`")), text, &joined, format!("separate the scopes by {name}"))
    })
}

/// A character outside RFC 6749, section 3.3.
fn character(text: &Text, catalogues: &[&Catalogue]) -> Option<Finding> {
    let mut at = 0;
    for word in text.value.split(|c: char| c.is_whitespace()) {
        if let Some((offset, character)) = invalid_character(word) {
            let start = at + offset;
            let span = text.part(start..start + character.len_utf8());
            let finding = Finding::new(span, format!("`{}` is not allowed in a scope", shown(character))).help(
                "a scope has printable ASCII characters other than quotes and backslashes (RFC 6749, section 3.3)",
            );
            let clean: String = text.value.chars().filter(|c| *c != character).collect();
            let known = catalogues.iter().any(|catalogue| catalogue.knows(&clean));
            return Some(if known { with_fix(finding, text, &clean, format!("write `{clean}`")) } else { finding });
        }
        at += word.len() + text.value[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// The character itself where it can be seen.
fn shown(character: char) -> String {
    if character.is_control() || character.is_whitespace() {
        character.escape_unicode().to_string()
    } else {
        character.to_string()
    }
}

/// Adds a fix that writes `value`; a plain scalar may need quotes for it.
fn with_fix(finding: Finding, text: &Text, value: &str, title: String) -> Finding {
    match text.inner() {
        Some(inner) if text.style != ScalarStyle::Block => {
            finding.fix(Fix::safe(title, vec![Edit::replace(inner, value)]))
        }
        _ => finding,
    }
}
