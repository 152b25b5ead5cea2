//! `config/scope-broad`

use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};

pub const RULE: Rule = Rule::config("config/scope-broad", include_str!("scope_broad.md"), check).info();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        for word in installation.scope_words(configuration.config) {
            let scopes = catalogues.iter().filter_map(|catalogue| catalogue.lookup(&word.name));
            if scopes.into_iter().any(|scope| scope.broad) {
                let message = format!("scope `{}` grants administrator access", word.name);
                found.push(Finding::new(word.span, message).help("use only the scopes that the connector needs"));
            }
        }
    }
}
