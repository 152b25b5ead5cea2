//! `config/scope-malformed`

use crate::config::Text;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::scopes::{Catalogue, invalid_character};

pub const RULE: Rule = Rule::config("config/scope-malformed", include_str!("scope_malformed.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    super::each_scope_text(configuration, |_, text, catalogues, _| {
        // A character of several scopes in one text is their delimiter.
        if text.words(&configuration.config.references).len() < 2 {
            found.extend(finding(text, catalogues));
        }
    });
}

/// A character outside RFC 6749, section 3.3.
fn finding(text: &Text, catalogues: &[&Catalogue]) -> Option<Finding> {
    let mut at = 0;
    for word in text.value.split(|c: char| c.is_whitespace()) {
        if let Some((offset, character)) = invalid_character(word) {
            let start = at + offset;
            let span = text.part(start..start + character.len_utf8());
            let finding = Finding::new(span, format!("invalid character `{}` in a scope", shown(character)))
                .help("use printable ASCII characters except quotes and backslashes (RFC 6749, section 3.3)");
            let clean: String = text.value.chars().filter(|c| *c != character).collect();
            let known = catalogues.iter().any(|catalogue| catalogue.knows(&clean));
            return Some(if known {
                super::replace_text(finding, text, &clean, format!("use `{clean}`"))
            } else {
                finding
            });
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
