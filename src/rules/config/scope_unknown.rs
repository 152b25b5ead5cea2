//! `config/scope-unknown`

use std::collections::HashMap;

use crate::config::ScopeWord;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::rule::{Configuration, Rule};
use crate::scopes::{Catalogue, invalid_character, names_of};

pub const RULE: Rule = Rule::config("config/scope-unknown", include_str!("scope_unknown.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    for installation in config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        if catalogues.is_empty() {
            continue;
        }
        let mut near: HashMap<String, Vec<&str>> = HashMap::new();
        for text in installation.scope_texts(config) {
            let is_label = || catalogues.iter().any(|catalogue| catalogue.by_label(&text.value).is_some());
            let words = text.words(&config.references);
            // A label is reported by `config/scope-malformed`, unless its only word is a misspelled name.
            if (words.len() > 1 && is_label()) || config.references.placeholder_in(&text.value).is_some() {
                continue;
            }
            // Where the catalog may be incomplete, the guide knows better.
            let is_closed = catalogues.iter().all(|catalogue| catalogue.is_closed());
            let is_documented = |name: &str| installation.is_documented_scope(name) && !lacks_prefix(&catalogues, name);
            let doubtful = words.iter().filter(|word| is_closed || !is_documented(&word.name));
            found.extend(doubtful.filter_map(|word| finding(configuration, &catalogues, word, &mut near)));
        }
    }
}

/// Whether a name is a scope only after the address that the vendor's scopes begin with.
fn lacks_prefix(catalogues: &[&Catalogue], name: &str) -> bool {
    catalogues.iter().all(|catalogue| !catalogue.knows(name))
        && catalogues.iter().any(|catalogue| catalogue.meant(name).is_some())
}

/// The finding about a scope; what is near to a name is kept in `near` for the next one.
fn finding<'a>(
    configuration: &Configuration<'_>,
    catalogues: &[&'a Catalogue],
    word: &ScopeWord,
    near: &mut HashMap<String, Vec<&'a str>>,
) -> Option<Finding> {
    let name = word.name.as_str();
    let known = catalogues.iter().any(|catalogue| catalogue.knows(name));
    if known || !configuration.config.references.parts(name).is_empty() || invalid_character(name).is_some() {
        return None;
    }
    let vendor = catalogues.first()?;
    if vendor.none {
        let message = format!("unexpected scopes: {} has none", vendor.name);
        return Some(Finding::new(word.span, message).severity(Severity::Warning).help("remove the scopes"));
    }
    let mut finding = Finding::new(word.span, format!("unknown scope `{name}` for {}", names_of(catalogues)));
    if !catalogues.iter().all(|catalogue| catalogue.is_closed()) {
        finding = finding.severity(Severity::Warning);
    }
    let near = near.entry(name.to_owned()).or_insert_with(|| {
        let mut near: Vec<&str> = catalogues.iter().filter_map(|catalogue| catalogue.near_miss(name)).collect();
        near.dedup();
        near
    });
    if let [near] = near.as_slice() {
        let exact = word.span.len() == name.len();
        let finding = finding.help(format!("use `{near}`"));
        let (title, edits) = (format!("use `{near}`"), vec![Edit::replace(word.span, *near)]);
        let is_sure = catalogues.iter().all(|catalogue| catalogue.surely_means(name, near));
        let fix = Fix::safe_if(is_sure, title, edits);
        return Some(finding.maybe_fix(exact.then_some(fix)));
    }
    if let Some(other) = configuration.catalogues.owner(name) {
        return Some(finding.help(format!("use a scope of this application (`{name}` is a scope of {})", other.name)));
    }
    if catalogues.iter().any(|catalogue| catalogue.partial) {
        return None;
    }
    let source = vendor.sources.first().map(String::as_str).unwrap_or_default();
    Some(finding.help(format!("choose from the scopes at {source} (as of {})", vendor.checked)))
}
