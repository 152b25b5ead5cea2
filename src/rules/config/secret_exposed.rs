//! `config/secret-exposed`

use crate::config::{Config, References, Shape};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::secrets::{is_plain_password, is_secret_name, secret_parameters};
use crate::source::Span;
use crate::tree::Node;

pub const RULE: Rule = Rule::config("config/secret-exposed", include_str!("secret_exposed.md"), check);

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
                Finding::new(span, format!("{} in the wrong property", token.name))
                    .help("revoke it, and use a reference to the new one: `${NAME}`"),
            );
        }
    }
    found.extend(in_urls(config, &meant));
    for body in &config.bodies {
        if matches!(body.detection.shape(), Some(Shape::Launch | Shape::Install)) {
            found.extend(passwords(&body.node, &config.references));
        }
    }
}

/// The values of parameters of URLs, but for those that `meant` or the known tokens hold.
fn in_urls<'a>(config: &'a Config, meant: &'a [Span]) -> impl Iterator<Item = Finding> + 'a {
    let text = config.source.text();
    let (mut read, mut in_url) = (0, false);
    // Parameters are in order: of a long word each part is read once.
    let mut is_in_url = move |start: usize| {
        let part = &text[read..start];
        let word = part.split(char::is_whitespace).next_back().unwrap_or_default();
        in_url = in_url && word.len() == part.len() || word.contains("://");
        read = start;
        in_url
    };
    let is_reported = move |span: Span| {
        let before = meant.partition_point(|value| value.start <= span.start);
        let token = config.tokens.partition_point(|token| token.range.end <= span.range().start);
        before.checked_sub(1).is_some_and(|at| span.end <= meant[at].end)
            || config.tokens.get(token).is_some_and(|token| token.range.start < span.range().end)
    };
    let is_open = move |value: &str| {
        !config.references.open_parts(value).is_empty() || config.references.placeholder_in(value).is_some()
    };
    let found = secret_parameters(text).filter(move |range| is_in_url(range.start) && !is_open(&text[range.clone()]));
    let found = found.map(|range| config.source.span(range)).filter(move |span| !is_reported(*span));
    found.map(|span| Finding::new(span, "secret in the query of a URL").help("move it to its own property"))
}

/// The passwords of users, which are members of the body itself.
fn passwords(body: &Node, references: &References) -> impl Iterator<Item = Finding> {
    let secret = body.entries().iter().filter(|entry| entry.key != "AuthValue" && is_secret_name(&entry.key));
    let is_password = move |value: &Node| {
        let text = value.as_str().filter(|text| !references.is_reference(text, value.tag.as_deref()));
        text.is_some_and(|text| is_plain_password(text) && references.placeholder_in(text).is_none())
    };
    secret.filter(move |entry| is_password(&entry.value)).map(move |entry| {
        Finding::new(entry.value.span, format!("`{}` in plain text", entry.key))
            .help("replace it with a reference: `${NAME}`")
    })
}
