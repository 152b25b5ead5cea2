//! `config/connector-unknown`

use crate::config::{Installation, Text};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Configuration, Rule};
use crate::workspace::Lookup;

pub const RULE: Rule = Rule::config("config/connector-unknown", include_str!("connector_unknown.md"), check).safe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    for installation in configuration.config.installations() {
        let Some(connector) = &installation.connector else { continue };
        let name = connector.value.as_str();
        let references = &configuration.config.references;
        // Where no connector is known at all, this one may be right.
        let is_checked = !name.is_empty() && configuration.workspace.connectors().next().is_some();
        if is_checked && references.placeholder_in(name).is_none() && references.parts(name).is_empty() {
            found.extend(finding(configuration, installation, connector));
        }
    }
}

fn finding(configuration: &Configuration<'_>, installation: &Installation, connector: &Text) -> Option<Finding> {
    let name = connector.value.as_str();
    let lookup = configuration.workspace.connector(name);
    let finding = Finding::new(connector.span, format!("unknown connector `{name}`"));
    let or = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
    match lookup {
        Lookup::Known => None,
        // Servers give the same page for both.
        Lookup::Meant(meant) if meant.strip_suffix(".html") == Some(name) => None,
        Lookup::Meant(meant) if meant.eq_ignore_ascii_case(name) => {
            let title = format!("replace with `{meant}`");
            let fix = super::replace_string(configuration.config, connector.span, &meant, title.clone());
            let finding = Finding::new(connector.span, format!("different case: `{name}` for the connector `{meant}`"));
            Some(finding.severity(Severity::Info).help(title).fix(fix))
        }
        Lookup::Meant(meant) | Lookup::Misspelled(meant) => {
            let title = format!("replace with `{meant}`");
            let fix = super::replace_string(configuration.config, connector.span, &meant, title.clone());
            Some(finding.help(title).fix(fix))
        }
        Lookup::Several(candidates) => {
            Some(finding.help(format!("use the permalink of the guide: {}", or(&candidates))))
        }
        // A connector without a guide whose vendor's scopes are known, named in the form of a permalink.
        Lookup::Unknown => {
            let suffix = &configuration.profile.guides.setup.suffix;
            let is_known = name.ends_with(suffix.as_str()) && !configuration.catalogues_of(installation).is_empty();
            (!is_known).then(|| finding.help("use the permalink of the connector's guide"))
        }
    }
}
