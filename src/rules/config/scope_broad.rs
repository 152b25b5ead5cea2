//! `config/scope-broad`

use std::collections::HashSet;

use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/scope-broad", include_str!("scope_broad.md"), check).info();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let named = installation.contract.iter().flat_map(|known| &known.contract.scopes);
        let named: HashSet<&str> = named.map(|scope| scope.value.as_str()).collect();
        let catalogues = configuration.catalogues_of(installation);
        let words = installation.scope_words(configuration.config).into_iter();
        // What the guide itself asks for is needed.
        for word in words.filter(|word| !named.contains(word.name.as_str())) {
            let scopes = catalogues.iter().filter_map(|catalogue| catalogue.lookup(&word.name));
            if scopes.into_iter().any(|scope| scope.broad) {
                let message = format!("scope `{}` grants broad access", word.name);
                found.push(Finding::new(word.span, message).help("use only the scopes that the connector needs"));
            }
        }
    }
}
