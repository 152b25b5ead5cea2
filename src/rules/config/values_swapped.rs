//! `config/values-swapped`

use std::collections::HashMap;

use crate::config::{Property, References};
use crate::diagnostic::{Finding, Severity};
use crate::profile::fold;
use crate::rule::{Check, Configuration, Fixable, Rule};
use crate::secrets::{end_of, is_secret_name};
use crate::tree::Node;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/values-swapped",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("values_swapped.md"),
    needs: &[],
    check: Check::Config(check),
};

/// Bytes of the name of another value at most.
const LONGEST_NAME: usize = 128;

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let references = &configuration.config.references;
    for installation in configuration.config.installations() {
        let is_reference =
            |property: &Property| property.value.as_ref().is_some_and(|node| references.is_reference_node(node));
        if !installation.properties.iter().any(is_reference) {
            continue;
        }
        let mut values: HashMap<&str, usize> = HashMap::new();
        for value in installation.properties.iter().filter_map(|property| property.value.as_ref()?.as_str()) {
            *values.entry(value).or_default() += 1;
        }
        let names = installation.properties.iter().map(|property| &property.name.value);
        let names: HashMap<String, &String> = names.map(|name| (fold(name), name)).collect();
        // One reference in two places is another mistake.
        let is_single = |property: &&Property| {
            property.value.as_ref().and_then(Node::as_str).is_some_and(|value| values.get(value) == Some(&1))
        };
        // What one vendor calls an ID is another one's secret: a certificate's ID.
        let is_half = |property: &&Property| {
            let value = property.value.as_ref().and_then(Node::as_str).unwrap_or_default();
            variable(value).is_some_and(|variable| is_other_half(&property.name.value, variable))
        };
        let is_mutual = installation.properties.iter().filter(is_half).count() > 1;
        let single = installation.properties.iter().filter(is_single);
        found.extend(single.filter_map(|property| finding(&names, property, references, is_mutual)));
    }
}

/// `is_mutual`: the references of the client's identifier and of a secret both look like the other's.
fn finding(
    names: &HashMap<String, &String>,
    property: &Property,
    references: &References,
    is_mutual: bool,
) -> Option<Finding> {
    let node = property.value.as_ref()?;
    let text = node.as_str().filter(|text| references.is_reference(text, node.tag.as_deref()))?;
    let variable = variable(text)?;
    let (own, name) = (fold(&property.name.value), fold(variable));
    if name.contains(&own) {
        return None;
    }
    let ends = end_of(&name, LONGEST_NAME);
    let ends = ends.char_indices().filter_map(|(at, _)| names.get_key_value(&ends[at..]));
    let message = if let Some((_, other)) = ends.into_iter().find(|(folded, _)| !own.ends_with(folded.as_str())) {
        format!("swapped reference: `{}` uses `{variable}`, the name of `{other}`", property.name.value)
    } else if is_other_half(&property.name.value, variable) && (is_mutual || property.name.value == "ClientId") {
        format!("swapped reference: `{}` uses `{variable}`", property.name.value)
    } else {
        return None;
    };
    Some(Finding::new(node.span, message).help(format!("use a reference to the value of `{}`", property.name.value)))
}

/// The last name in a reference: `DROPBOX_ID` in `${env:DROPBOX_ID:?is not set}`.
fn variable(reference: &str) -> Option<&str> {
    let end = [":?", ":-", ":="].iter().filter_map(|mark| reference.find(mark)).min().unwrap_or(reference.len());
    let mut names = reference[..end].rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    names.find(|name| !name.is_empty())
}

/// Whether a name ends in `secret` and the client's identifier is meant, or in `id` and its secret is.
fn is_other_half(property: &str, variable: &str) -> bool {
    let words: Vec<String> = variable.split(['_', '-']).map(str::to_lowercase).collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let ends = |word: &str| words.last().is_some_and(|last| last == word);
    // A name with both words may be that of an entry in a store: `ACME_SECRET_ID`.
    match property {
        "ClientId" => ends("secret") && !has("id"),
        _ => is_secret_name(property) && ends("id") && !has("secret"),
    }
}
