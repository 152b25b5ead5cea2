//! `config/duplicate-key`

use crate::config::Text;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::rules::problem;
use crate::tree::ProblemKind;

pub const RULE: Rule = Rule::config("config/duplicate-key", include_str!("duplicate_key.md"), check);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let problems = configuration.config.problems.iter().filter(|problem| problem.kind == ProblemKind::DuplicateKey);
    found.extend(problems.map(problem::finding));
    for installation in configuration.config.installations() {
        let mut names: Vec<&Text> = installation.properties.iter().map(|property| &property.name).collect();
        names.sort_by_key(|name| name.value.as_str());
        for equal in names.chunk_by(|one, next| one.value == next.value) {
            let first = equal[0].span;
            for name in equal.iter().filter(|name| name.span != first) {
                found.push(
                    Finding::new(name.span, format!("duplicate property `{}`", name.value))
                        .label(first, "first definition")
                        .help("remove one of the two"),
                );
            }
        }
    }
}
