//! `config/literal-secret`

use crate::config::Literal;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/literal-secret",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("literal_secret.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for Literal { name, span } in configuration.config.literal_secrets() {
        found.push(
            Finding::new(span, format!("literal secret in `{name}`"))
                .help("replace it with a reference: `${NAME}`, `env:NAME`, `op://...` or `vault:...`"),
        );
    }
}
