//! `config/duplicate-key`

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
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
    for problem in configuration.config.problems.iter().filter(|problem| problem.kind == ProblemKind::DuplicateKey) {
        let mut finding = Finding::new(problem.span, problem.message.clone());
        finding.help.clone_from(&problem.help);
        if let Some((span, message)) = &problem.related {
            finding = finding.label(*span, message.clone());
        }
        found.push(finding);
    }
    for installation in configuration.config.installations() {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for property in &installation.properties {
            let name = &property.name;
            let earlier = *first.entry(&name.value).or_insert(name.span);
            if earlier != name.span {
                found.push(
                    Finding::new(name.span, format!("property `{}` stands twice in one list", name.value))
                        .label(earlier, "first here")
                        .help("keep one of the two"),
                );
            }
        }
    }
}
