//! `config/connector-unknown`

use crate::config::find_placeholder;
use crate::diagnostic::{Finding, Severity};
use crate::nearest;
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/connector-unknown",
    severity: Severity::Error,
    fixable: Fixable::Safe,
    docs: include_str!("connector_unknown.md"),
    check: Check::Config(check),
};

/// The slips within which a name can only mean another.
const LIMIT: usize = 2;

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
        found.push(match meant(name, &known) {
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
fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest::only(known.iter().map(|other| (distance(name, other), *other)), LIMIT)
}

/// Slips; far apart where they are many for the part that is not shared by all permalinks.
fn distance(name: &str, known: &str) -> usize {
    if same_stem(name, known) {
        return LIMIT;
    }
    let stem = known.strip_suffix(SUFFIX).unwrap_or(known);
    let slips = strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase());
    if slips * 4 <= stem.len() { slips } else { usize::MAX }
}

/// Whether the known permalink is the name with a suffix such as `-connector`.
fn same_stem(name: &str, known: &str) -> bool {
    let slug: String = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    known.strip_prefix(slug.as_str()).is_some_and(|rest| rest == SUFFIX)
}
