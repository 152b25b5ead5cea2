//! `config/scope-delimiter`

use crate::config::{References, Text};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::scopes::{Catalogue, Delimiter};

pub const RULE: Rule = Rule::config("config/scope-delimiter", include_str!("scope_delimiter.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    super::each_scope_text(configuration, |installation, text, catalogues, in_list| {
        // Without a client of its own, a connector is not sent to the vendor with its scopes.
        let has_own_client = || installation.contract.iter().any(|known| known.contract.has_own_client());
        if !installation.has_scopes_as_property() || !has_own_client() {
            found.extend(finding(text, &configuration.config.references, catalogues, in_list));
        }
    });
}

/// Several scopes in one text, with the right or the wrong delimiter between them.
fn finding(text: &Text, references: &References, catalogues: &[&Catalogue], in_list: bool) -> Option<Finding> {
    let words = text.words(references);
    let is_label = || catalogues.iter().any(|catalogue| catalogue.by_label(&text.value).is_some());
    let is_known = |name: &str| catalogues.iter().any(|catalogue| catalogue.knows(name));
    if words.len() < 2 || is_label() || is_known(&text.value) {
        return None;
    }
    let value = text.value.trim();
    // What is neither a space nor a comma is a delimiter only between scopes that the vendor knows.
    let wrong = [";", "|", "+", "%20"].into_iter().find(|mark| value.contains(mark));
    if wrong.is_some() && !words.iter().all(|word| is_known(&word.name)) {
        return None;
    }
    let expected = catalogues.first().map(|catalogue| catalogue.delimiter);
    if in_list {
        // A comma is a legal character of a scope: only the catalog of a known vendor excludes it.
        let is_documented = matches!(expected, Some(Delimiter::Space | Delimiter::Comma));
        let several = value.contains(char::is_whitespace) || is_documented;
        let message = "several scopes in one list item";
        return several.then(|| Finding::new(text.span, message).help("use one list item per scope"));
    }
    let has_space = |part: &str| part.trim().contains(char::is_whitespace);
    let (is_wrong, right, name) = match expected? {
        Delimiter::Space => (value.contains(','), " ", "a space"),
        Delimiter::Comma => (value.split(',').any(has_space), ",", "a comma"),
        Delimiter::Single | Delimiter::Unknown => return None,
    };
    if !is_wrong && wrong.is_none() {
        return None;
    }
    let joined = words.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join(right);
    let finding = Finding::new(text.span, format!("wrong scope delimiter: this vendor uses {name}"));
    let title = format!("separate the scopes by {name}");
    Some(super::replace_text(finding.help(format!("replace with `{joined}`")), text, &joined, title))
}
