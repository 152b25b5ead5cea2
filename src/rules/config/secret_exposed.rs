//! `config/secret-exposed`

use crate::config::{References, Shape};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::secrets::{is_plain_password, is_secret_name};
use crate::source::Span;
use crate::tree::Node;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/secret-exposed",
    severity: Severity::Error,
    fixable: Fixable::No,
    docs: include_str!("secret_exposed.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    let mut meant: Vec<Span> = config.literal_secrets().map(|literal| literal.span).collect();
    meant.sort_unstable();
    for token in &config.tokens {
        let span = config.source.span(token.range.clone());
        let before = meant.partition_point(|value| value.start <= span.start);
        let is_meant = before.checked_sub(1).is_some_and(|at| span.end <= meant[at].end);
        let is_sample = configuration.profile.sample_secrets.iter().any(|sample| sample == config.source.slice(span));
        if !is_meant && !is_sample {
            found.push(
                Finding::new(span, format!("{} outside a value for secrets", token.name))
                    .help("revoke it, and refer to its replacement: `${NAME}`"),
            );
        }
    }
    for body in &config.bodies {
        if matches!(body.detection.shape(), Some(Shape::Launch | Shape::Install)) {
            found.extend(passwords(&body.node, &config.references));
        }
    }
}

/// The passwords of users, which are members of the body itself.
fn passwords(body: &Node, references: &References) -> impl Iterator<Item = Finding> {
    let secret = body.entries().iter().filter(|entry| entry.key != "AuthValue" && is_secret_name(&entry.key));
    let is_password = move |value: &Node| {
        let text = value.as_str().filter(|text| !references.is_reference(text, value.tag.as_deref()));
        text.is_some_and(|text| is_plain_password(text) && references.placeholder_in(text).is_none())
    };
    secret.filter(move |entry| is_password(&entry.value)).map(move |entry| {
        Finding::new(entry.value.span, format!("`{}` in plain text", entry.key)).help("refer to it: `${NAME}`")
    })
}
