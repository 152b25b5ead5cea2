//! `config/scope-not-documented`

use crate::config::{Demand, Installation, ScopeWord};
use crate::contract::KnownContract;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::scopes::Catalogue;
use crate::source::SourceFile;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/scope-not-documented",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("scope_not_documented.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        let Some(known) = installation.contract.as_deref() else { continue };
        let catalogues = configuration.catalogues_of(installation);
        let words = installation.scope_words(&configuration.config.source);
        let is_open = words.iter().any(|word| !references.open_parts(&word.name).is_empty());
        if known.contract.documented_scopes().is_empty() || words.is_empty() || is_open {
            continue;
        }
        undocumented(known, &catalogues, &words, found);
        lacking(&configuration.config.source, installation, known, &catalogues, &words, found);
    }
}

/// Scopes that the guide does not ask for, directly or through one that includes them.
fn undocumented(known: &KnownContract, catalogues: &[&Catalogue], words: &[ScopeWord], found: &mut Vec<Finding>) {
    let documented = known.contract.documented_scopes();
    for word in words {
        let asked = documented.iter().any(|scope| includes(catalogues, &scope.value, &word.name));
        // A scope that the vendor does not have is told by `config/scope-unknown`.
        let exists = catalogues.is_empty() || catalogues.iter().any(|catalogue| catalogue.knows(&word.name));
        let is_everything =
            catalogues.iter().filter_map(|catalogue| catalogue.lookup(&word.name)).any(|scope| scope.everything);
        if exists && !asked && !is_everything {
            let message = format!("the guide does not ask for the scope `{}`", word.name);
            let finding = Finding::new(word.span, message).help("remove it unless you know what needs it");
            found.push(Demand::new(&documented[0], known).show(finding, "the guide lists the scopes here"));
        }
    }
}

/// Scopes that the guide asks for and the configuration does not have.
fn lacking(
    source: &SourceFile,
    installation: &Installation,
    known: &KnownContract,
    catalogues: &[&Catalogue],
    words: &[ScopeWord],
    found: &mut Vec<Finding>,
) {
    let Some(entry) = installation.node.entry("Scopes") else { return };
    let misspelt = misspelt(catalogues, source, installation, words);
    for scope in known.contract.documented_scopes() {
        let mut names = words.iter().map(|word| word.name.as_str()).chain(misspelt.iter().copied());
        if !names.any(|name| includes(catalogues, name, &scope.value)) {
            let finding =
                Finding::new(entry.key_span, format!("the scope `{}` is missing", scope.value)).help("add it");
            found.push(Demand::new(scope, known).show(finding, "the guide asks for it here"));
        }
    }
}

/// The scopes that misspelt ones and labels of the vendor's console stand for: they are told as such,
/// not as missing.
fn misspelt<'a>(
    catalogues: &[&'a Catalogue],
    source: &SourceFile,
    installation: &Installation,
    words: &[ScopeWord],
) -> Vec<&'a str> {
    let near = words.iter().flat_map(|word| catalogues.iter().filter_map(|catalogue| catalogue.near_miss(&word.name)));
    let texts = installation.scope_texts(source);
    let labels =
        texts.iter().flat_map(|text| catalogues.iter().filter_map(|catalogue| catalogue.by_label(&text.value)));
    near.chain(labels.map(|scope| scope.name.as_str())).collect()
}

/// Whether the scope `wide` is `narrow` or includes it.
fn includes(catalogues: &[&Catalogue], wide: &str, narrow: &str) -> bool {
    wide == narrow || catalogues.iter().any(|catalogue| catalogue.includes(wide, narrow))
}
