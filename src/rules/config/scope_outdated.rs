//! `config/scope-outdated`

use crate::diagnostic::{Edit, Finding, Fix};
use crate::rule::{Configuration, Mark, Rule};
use crate::scopes::outdated;

pub const RULE: Rule = Rule::config("config/scope-outdated", include_str!("scope_outdated.md"), check)
    .warning()
    .unsafe_fix()
    .marked(&[Mark::Deprecated]);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let catalogues = configuration.catalogues_of(installation);
        let words = installation.scope_words(configuration.config);
        for word in &words {
            let Some(outdated) = outdated(&catalogues, &word.name) else { continue };
            let finding =
                Finding::new(word.span, format!("outdated scope `{}`", word.name)).help(outdated.replacement_help());
            let is_verbatim = word.span.len() == word.name.len();
            found.push(match outdated.replaced_by.as_slice() {
                [new] if is_verbatim && words.iter().all(|other| other.name != *new) => {
                    finding.fix(Fix::needs_review(format!("replace with `{new}`"), vec![Edit::replace(word.span, new)]))
                }
                _ => finding,
            });
        }
    }
}
