//! `config/literal-secret`

use crate::config::{Installation, References, is_secret_name};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::tree::{Node, Value};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/literal-secret",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("literal_secret.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        if let Some(value) = installation.auth_value.as_ref().filter(|value| is_literal(value, references)) {
            found.push(finding("AuthValue", value));
        }
        for property in &installation.properties {
            let name = property.name.value.as_str();
            let value = property.value.as_ref().filter(|value| is_literal(value, references));
            if let Some(value) = value.filter(|_| is_secret(installation, name)) {
                found.push(finding(name, value));
            }
        }
    }
}

fn finding(name: &str, value: &Node) -> Finding {
    Finding::new(value.span, format!("the secret `{name}` is written out"))
        .help("keep it outside the file and refer to it: `${NAME}`, `env:NAME`, `op://...` or `vault:...`")
}

fn is_secret(installation: &Installation, name: &str) -> bool {
    let fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    is_secret_name(name) || fields.into_iter().any(|field| field.secret && field.key == name)
}

fn is_literal(value: &Node, references: &References) -> bool {
    match &value.value {
        Value::String(text) => {
            let is_open = text.trim().is_empty() || text == "{}" || references.is_reference(text, value.tag.as_deref());
            !is_open && references.placeholder_in(text).is_none_or(|range| range != (0..text.len()))
        }
        Value::Number(_) => true,
        _ => false,
    }
}
