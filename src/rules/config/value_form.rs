//! `config/value-form`

use std::collections::HashMap;

use crate::config::{Demand, Installation, Misfit, Property, misfit, url_misfit};
use crate::contract::{Field, Form};
use crate::diagnostic::{Finding, Severity};
use crate::profile::fold;
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/value-form",
    severity: Severity::Warning,
    fixable: Fixable::No,
    docs: include_str!("value_form.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let described = described(installation);
        let properties = installation.properties.iter();
        found.extend(properties.filter_map(|property| {
            let field = described.get(&fold(&property.name.value)).copied();
            finding(configuration, installation, property, field)
        }));
    }
}

fn finding(
    configuration: &Configuration<'_>,
    installation: &Installation,
    property: &Property,
    field: Option<&Field>,
) -> Option<Finding> {
    let config = configuration.config;
    let name = &property.name.value;
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str()?;
    let report = |misfit: Misfit| Finding::new(node.span, format!("`{name}` {}", misfit.problem)).help(misfit.help);
    if let Some(misfit) = url_misfit(value, &config.references) {
        return Some(report(misfit));
    }
    let form = field.map_or_else(|| by_name(name), |field| field.form.as_ref())?;
    // The message about a choice names the value.
    if matches!(form, Form::OneOf(_)) && config.source.is_hidden(node.span.range()) {
        return None;
    }
    let finding = report(misfit(form, value, &config.references)?);
    Some(match (field, &installation.contract) {
        (Some(field), Some(known)) => Demand::new(&field.name, known).show(finding, "described here"),
        _ => finding,
    })
}

/// The fields whose form the guide describes, by the names that a configuration may give them.
fn described(installation: &Installation) -> HashMap<String, &Field> {
    let fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    let described = fields.filter(|field| field.form.is_some());
    described.flat_map(|field| [(fold(&field.name.value), field), (fold(&field.key), field)]).collect()
}

/// The form that a property's own name tells.
fn by_name(name: &str) -> Option<&'static Form> {
    ["HostName", "Hostname", "Subdomain"].iter().any(|end| name.ends_with(end)).then_some(&Form::Host)
}
