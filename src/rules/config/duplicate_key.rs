//! `config/duplicate-key`

use crate::config::Property;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::rules::problem;
use crate::tree::ProblemKind;

pub const RULE: Rule = Rule::config("config/duplicate-key", include_str!("duplicate_key.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let problems = configuration.config.problems.iter().filter(|problem| problem.kind == ProblemKind::DuplicateKey);
    found.extend(problems.map(problem::finding));
    for installation in configuration.config.installations() {
        let mut properties: Vec<&Property> = installation.properties.iter().collect();
        properties.sort_by_key(|property| property.name.value.as_str());
        for equal in properties.chunk_by(|one, next| one.name.value == next.name.value) {
            let first = equal[0].name.span;
            for property in equal.iter().filter(|property| property.name.span != first) {
                let meant = installation.copied(property, &configuration.config.references);
                let help = meant.map_or("remove one of the two".to_owned(), |meant| format!("rename it to `{meant}`"));
                found.push(
                    Finding::new(property.name.span, format!("duplicate property `{}`", property.name.value))
                        .label(first, "first definition")
                        .help(help),
                );
            }
        }
    }
}
