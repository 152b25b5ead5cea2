//! `config/connector-unknown`

use crate::config::find_placeholder;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/connector-unknown",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("connector_unknown.md"),
    check: Check::Config(check),
};

/// What the permalinks of guides end in.
const SUFFIX: &str = "-connector";

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let Some(connector) = &installation.connector else { continue };
        let name = connector.value.as_str();
        let is_known = installation.contract.is_some() || !configuration.catalogues_of(installation).is_empty();
        if is_known || name.is_empty() || find_placeholder(name).is_some() {
            continue;
        }
        // Where no connector is known at all, this one may be right.
        let known: Vec<&str> = configuration.workspace.connectors().collect();
        if known.is_empty() {
            continue;
        }
        let finding = Finding::new(connector.span, format!("no guide describes a connector `{name}`"));
        found.push(match nearest(name, &known) {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(super::replace_string(
                configuration.config,
                connector.span,
                near,
                format!("write `{near}`"),
            )),
            None => finding.help("the name is the permalink of the connector's guide"),
        });
    }
}

/// The one known connector that `name` can only mean.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let ranked = known.iter().map(|other| (distance(name, other), *other));
    let mut near: Vec<_> = ranked.filter(|(distance, other)| *distance <= 2 || same_stem(name, other)).collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, best), (second, _), ..] if first < second && *first <= 2 => Some(best),
        _ => None,
    }
}

/// Differing letters; far apart where they are many for the part that is not shared by all permalinks.
fn distance(name: &str, known: &str) -> usize {
    let stem = known.strip_suffix(SUFFIX).unwrap_or(known);
    let distance = strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase());
    if distance * 4 <= stem.len() { distance } else { usize::MAX }
}

/// Whether the known permalink is the name with a suffix such as `-connector`.
fn same_stem(name: &str, known: &str) -> bool {
    let slug: String = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    known.strip_prefix(slug.as_str()).is_some_and(|rest| rest == SUFFIX)
}
