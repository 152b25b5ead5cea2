//! `config/duplicate-key`

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::rules::problem;
use crate::source::Span;
use crate::tree::ProblemKind;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/duplicate-key",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("duplicate_key.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let problems = configuration.config.problems.iter().filter(|problem| problem.kind == ProblemKind::DuplicateKey);
    found.extend(problems.map(problem::finding));
    for installation in configuration.config.installations() {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for property in &installation.properties {
            let name = &property.name;
            let earlier = *first.entry(&name.value).or_insert(name.span);
            if earlier != name.span {
                found.push(
                    Finding::new(name.span, format!("duplicate property `{}`", name.value))
                        .label(earlier, "first definition")
                        .help("remove one of the two"),
                );
            }
        }
    }
}
