//! `config/literal-secret`

use crate::config::Literal;
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Mark, Rule};

pub const RULE: Rule =
    Rule::config("config/literal-secret", include_str!("literal_secret.md"), check).warning().marked(&[Mark::Strict]);

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for Literal { name, span } in configuration.config.literal_secrets() {
        found.push(
            Finding::new(span, format!("literal secret in `{name}`"))
                .help("replace it with a reference: `${NAME}`, `env:NAME`, `op://...` or `vault:...`"),
        );
    }
}
