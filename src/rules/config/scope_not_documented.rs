//! `config/scope-not-documented`

use std::collections::HashSet;

use crate::config::{Config, Demand, Installation, ScopeWord};
use crate::contract::{Found, KnownContract, is_everything};
use crate::diagnostic::Finding;
use crate::nearest;
use crate::rule::{Configuration, Rule};
use crate::scopes::{Catalogue, is_same};
use crate::tree::{Node, Value};

pub const RULE: Rule =
    Rule::config("config/scope-not-documented", include_str!("scope_not_documented.md"), check).warning();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        let Some(known) = installation.contract.as_deref() else { continue };
        let catalogues = configuration.catalogues_of(installation);
        let words = installation.scope_words(configuration.config);
        let is_open = installation.has_open_scopes(references)
            || words.iter().any(|word| !references.open_parts(&word.name).is_empty());
        if known.contract.documented_scopes().is_empty() || is_open {
            continue;
        }
        let slips = slips(known, &catalogues, &words);
        undocumented(known, &catalogues, &words, &slips, found);
        lacking(configuration.config, installation, known, &catalogues, &words, &slips, found);
    }
}

/// Scopes that the guide does not ask for, directly or through one that includes them.
fn undocumented(
    known: &KnownContract,
    catalogues: &[&Catalogue],
    words: &[ScopeWord],
    slips: &[Option<&Found<String>>],
    found: &mut Vec<Finding>,
) {
    let documented = known.contract.documented_scopes();
    // Who may ask for everything may ask for less.
    let is_closed = !known.contract.leaves_scopes_open() && !known.contract.offers_everything(catalogues);
    for (word, slip) in words.iter().zip(slips) {
        if let Some(meant) = slip {
            let finding = Finding::new(word.span, format!("undocumented scope `{}`", word.name));
            found.push(
                Demand::new(meant, known).show(finding.help(format!("use `{}`", meant.value)), "documented here"),
            );
            continue;
        }
        let asked = documented.iter().any(|scope| includes(catalogues, &scope.value, &word.name));
        // A scope that the vendor does not have is reported by `config/scope-unknown`.
        let exists = catalogues.is_empty() || catalogues.iter().any(|catalogue| catalogue.knows(&word.name));
        if is_closed && exists && !asked && !is_everything(catalogues, &word.name) {
            let message = format!("undocumented scope `{}`", word.name);
            let finding = Finding::new(word.span, message).help("remove it unless the installation needs it");
            found.push(Demand::new(&documented[0], known).show(finding, "documented scopes"));
        }
    }
}

/// For each scope outside the catalogs the one of the guide that it can only mean, if that is not there as well.
fn slips<'a>(
    known: &'a KnownContract,
    catalogues: &[&Catalogue],
    words: &[ScopeWord],
) -> Vec<Option<&'a Found<String>>> {
    if known.contract.leaves_scopes_open() {
        return vec![None; words.len()];
    }
    let scopes = known.contract.documented_scopes();
    let names: HashSet<&str> = words.iter().map(|word| word.name.as_str()).collect();
    let absent: Vec<&str> =
        scopes.iter().map(|scope| scope.value.as_str()).filter(|scope| !names.contains(scope)).collect();
    let slip = |word: &ScopeWord| {
        let name = word.name.as_str();
        // What a catalog knows, or takes for a slip, is judged by it.
        let is_open =
            |catalogue: &&Catalogue| catalogue.partial && !catalogue.knows(name) && catalogue.near_miss(name).is_none();
        if !catalogues.iter().all(is_open) || scopes.iter().any(|scope| is_same(&scope.value, name)) {
            return None;
        }
        let meant = nearest::certain(name, absent.iter().copied(), str::to_lowercase)?;
        // Versions and levels differ by their digits.
        let is_digit = |c: &char| c.is_ascii_digit();
        let is_certain = name.chars().filter(is_digit).eq(meant.chars().filter(is_digit));
        scopes.iter().find(|scope| is_certain && scope.value == meant)
    };
    words.iter().map(slip).collect()
}

/// Scopes that the guide asks for and the configuration does not have.
fn lacking(
    config: &Config,
    installation: &Installation,
    known: &KnownContract,
    catalogues: &[&Catalogue],
    words: &[ScopeWord],
    slips: &[Option<&Found<String>>],
    found: &mut Vec<Finding>,
) {
    let Some(entry) = installation.node.entry("Scopes") else { return };
    // A value that only the installation has is not an empty list of scopes.
    if words.is_empty() && entry.value.as_str().is_none_or(|text| !text.is_empty()) && !is_empty_list(&entry.value) {
        return;
    }
    let misspelt = misspelt(catalogues, config, installation, words);
    let has = |scope: &str| {
        let mut names = words.iter().map(|word| word.name.as_str()).chain(misspelt.iter().copied());
        names.any(|name| includes(catalogues, name, scope)) || slips.iter().flatten().any(|meant| meant.value == scope)
    };
    let optional = &known.contract.optional_scopes;
    let required = known.contract.documented_scopes().iter().filter(|scope| !optional.contains(&scope.value));
    let missing: Vec<&Found<String>> = required.filter(|scope| !has(&scope.value)).collect();
    let names: Vec<String> = missing.iter().map(|scope| format!("`{}`", scope.value)).collect();
    let (message, help) = match names.as_slice() {
        [] => return,
        [one] => (format!("missing scope {one}"), "add it"),
        several => (format!("missing scopes {}", several.join(", ")), "add them"),
    };
    let finding = Finding::new(entry.key_span, message).help(help);
    let label = if names.len() == 1 { "required here" } else { "first one required here" };
    found.push(Demand::new(missing[0], known).show(finding, label));
}

/// The scopes that misspelled ones and labels of the vendor's console stand for: they are reported as such,
/// not as missing.
fn misspelt<'a>(
    catalogues: &[&'a Catalogue],
    config: &Config,
    installation: &Installation,
    words: &[ScopeWord],
) -> Vec<&'a str> {
    let near = words.iter().flat_map(|word| catalogues.iter().filter_map(|catalogue| catalogue.near_miss(&word.name)));
    let texts = installation.scope_texts(config);
    let labels =
        texts.iter().flat_map(|text| catalogues.iter().filter_map(|catalogue| catalogue.by_label(&text.value)));
    near.chain(labels.map(|scope| scope.name.as_str())).collect()
}

/// Whether the scope `wide` is `narrow` or includes it.
fn includes(catalogues: &[&Catalogue], wide: &str, narrow: &str) -> bool {
    is_same(wide, narrow) || catalogues.iter().any(|catalogue| catalogue.includes(wide, narrow))
}

fn is_empty_list(node: &Node) -> bool {
    node.tag.is_none() && matches!(&node.value, Value::Sequence(items) if items.is_empty())
}
