//! `config/credential-format`

use crate::config::{Config, Installation, Property, Shape, Text, credentials};
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::profile::fold;
use crate::rule::{Check, Configuration, Fixable, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/credential-format",
    severity: Severity::Error,
    fixable: Fixable::Unsafe,
    docs: include_str!("credential_format.md"),
    needs: &[],
    check: Check::Config(check),
};

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    let references = &config.references;
    // What the platform returns is checked where it says how the connector signs in.
    let is_checked =
        |installation: &&Installation| installation.shape != Shape::Account || installation.auth_type.is_some();
    for installation in config.installations().filter(is_checked) {
        client(config, installation, found);
        let Some(node) = &installation.auth_value else { continue };
        let Some(text) = Text::new(node, &config.source) else { continue };
        let value = text.value.as_str();
        let is_reference = node.tag.is_some() || references.is_single(value);
        if value.is_empty() || is_reference || references.placeholder_in(value).is_some() {
            continue;
        }
        let Some(mut fault) = credentials::fault(value, installation.kind()) else { continue };
        if !references.parts(value).is_empty() {
            // The base64 form of a reference's text is not that of the value after it.
            fault.repaired = None;
        }
        let finding = Finding::new(text.span, fault.message).help(fault.help);
        let surplus = (fault.surplus > 0 && text.inner().is_some()).then(|| Edit::remove(text.part(0..fault.surplus)));
        let edit = surplus.or_else(|| Some(Edit::replace(text.inner()?, fault.repaired?)));
        found.push(match edit {
            Some(edit) => finding.fix(Fix::needs_review(fault.title, vec![edit])),
            None => finding,
        });
    }
}

/// The identifier and the secret of an OAuth client are one word each.
fn client(config: &Config, installation: &Installation, found: &mut Vec<Finding>) {
    for property in &installation.properties {
        found.extend(bare_variable(config, property));
        found.extend(with_name(config, property));
        let name = property.name.value.as_str();
        let Some(node) = property.value.as_ref().filter(|_| matches!(name, "ClientId" | "ClientSecret")) else {
            continue;
        };
        let Some(text) = Text::new(node, &config.source).filter(|_| node.tag.is_none()) else { continue };
        if !config.references.is_reference(&text.value, None)
            && config.references.open_parts(&text.value).is_empty()
            && let Some(fault) = credentials::client_fault(&text.value, name == "ClientSecret")
        {
            // No application gives out an identifier with white space inside.
            let is_split = name == "ClientId" && text.value.trim().contains(char::is_whitespace);
            let severity = if is_split { Severity::Error } else { Severity::Warning };
            found.push(Finding::new(text.span, fault.message).severity(severity).help(fault.help));
        }
    }
}

/// The name of a variable without what makes it a reference: `ACME_CLIENT_ID` for `ClientId`.
fn bare_variable(config: &Config, property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str().filter(|value| config.references.placeholder_in(value).is_none())?;
    let is_constant = value.contains('_') && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if !is_constant || !fold(value).ends_with(&fold(&property.name.value)) || fold(value) == fold(&property.name.value)
    {
        return None;
    }
    let example = config.example(value);
    let finding = Finding::new(node.span, "variable name instead of a reference");
    Some(finding.severity(Severity::Warning).help(format!("use `{example}`")))
}

/// A value that was copied with its name.
fn with_name(config: &Config, property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let text = Text::new(node, &config.source)?;
    let surplus = credentials::repeated_name(&property.name.value, &text.value)?;
    let finding = Finding::new(text.span, "value starts with its own name").help("remove the name");
    Some(match text.inner() {
        Some(_) => finding.fix(Fix::needs_review("remove the name", vec![Edit::remove(text.part(0..surplus))])),
        None => finding,
    })
}
