//! `config/value-form`

use std::collections::HashMap;

use crate::config::{Demand, Installation, Misfit, Property, References, misfit, url_misfit};
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
    if let Some(misfit) = quoted(value).or_else(|| email(name, value, field)) {
        return Some(report(misfit));
    }
    if is_host_with_slash(value) {
        return Some(report(Misfit {
            problem: "ends with a slash".to_owned(),
            help: "remove the trailing slash".to_owned(),
        }));
    }
    if let Some(misfit) = region(name, value, installation, &config.references) {
        return Some(report(misfit));
    }
    let Some(form) = field.map_or_else(|| by_name(name, value), |field| field.form.as_ref()) else {
        return is_url_for_name(name, value).then(|| {
            let problem = format!("unexpected URL in `{name}`");
            Finding::new(node.span, problem).help("use only the value that the application shows")
        });
    };
    let misfit = misfit(form, value, &config.references).or_else(|| port(form, value, installation));
    // The message about a choice names the value.
    if matches!(form, Form::OneOf(_)) && config.source.is_hidden(node.span.range()) {
        return None;
    }
    let finding = report(misfit?);
    Some(match (field, &installation.contract) {
        (Some(field), Some(known)) => Demand::new(&field.name, known).show(finding, "described here"),
        _ => finding,
    })
}

/// The port after the name of a host that is asked for without one, where the guide asks for the port as well.
fn port(form: &Form, value: &str, installation: &Installation) -> Option<Misfit> {
    let (_, port) = value.rsplit_once(':').filter(|_| *form == Form::Host)?;
    let mut fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    let is_port = !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
    (is_port && fields.any(|field| field.key == "Port"))
        .then(|| Misfit { problem: "has a port".to_owned(), help: "give the port as `Port`".to_owned() })
}

/// The fields whose form the guide describes, by the names that a configuration may give them.
fn described(installation: &Installation) -> HashMap<String, &Field> {
    let fields = installation.contract.iter().flat_map(|known| &known.contract.fields);
    let described = fields.filter(|field| field.form.is_some());
    described.flat_map(|field| [(fold(&field.name.value), field), (fold(&field.key), field)]).collect()
}

/// Whether a value is the bare name of a host with nothing but a slash after it.
fn is_host_with_slash(value: &str) -> bool {
    let host = value.strip_suffix('/').filter(|host| host.contains('.'));
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    host.is_some_and(|host| host.split('.').all(is_label) && !host.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a value is a URL although the last word of the property's name says that it is not one.
fn is_url_for_name(name: &str, value: &str) -> bool {
    let ends = [
        "Id",
        "ID",
        "Identifier",
        "Name",
        "Code",
        "Username",
        "Region",
        "Number",
        "Version",
        "Hash",
        "Key",
        "Tenant",
        "Organization",
        "Organisation",
        "Folder",
    ];
    let is_url = ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme));
    let is_of_host = ["HostName", "Hostname", "ServerName", "DomainName", "SiteName", "InstanceName"];
    is_url
        && name != "ClientId"
        && !is_of_host.iter().any(|end| name.ends_with(end))
        && ends.iter().any(|end| name.ends_with(end))
}

/// A region of Amazon Web Services by another name than its code.
fn region(name: &str, value: &str, installation: &Installation, references: &References) -> Option<Misfit> {
    let connector = installation.contract.as_ref()?.contract.connector.as_ref()?.value.to_lowercase();
    let is_of_aws = fold(name) == "awsregion"
        || name.ends_with("Region") && (connector.contains("aws") || connector.contains("amazon"));
    let mut parts = value.split('-').rev();
    let is_number = parts.next().is_some_and(|part| part.len() == 1 && part.bytes().all(|c| c.is_ascii_digit()));
    let words: Vec<&str> = parts.collect();
    let is_code = is_number && words.len() > 1 && words.iter().all(|part| part.bytes().all(|c| c.is_ascii_lowercase()));
    (is_of_aws && !value.is_empty() && !is_code && references.open_parts(value).is_empty()).then(|| Misfit {
        problem: "is not the code of a region".to_owned(),
        help: "use the code, such as `eu-west-1`".to_owned(),
    })
}

/// A value in quotation marks, which become part of it.
fn quoted(value: &str) -> Option<Misfit> {
    let pairs = [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];
    let value = value.trim();
    let is_around = |(open, close): &(char, char)| {
        value
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains([*open, *close]))
    };
    pairs.iter().any(is_around).then(|| Misfit {
        problem: "has quotation marks in its value".to_owned(),
        help: "remove the quotation marks".to_owned(),
    })
}

/// An email address in a value whose name is that of something else.
fn email(name: &str, value: &str, field: Option<&Field>) -> Option<Misfit> {
    let ends = [
        "Id",
        "ID",
        "Identifier",
        "Key",
        "Hash",
        "Code",
        "Tenant",
        "Region",
        "Port",
        "Domain",
        "DomainName",
        "Host",
        "HostName",
        "Hostname",
        "Url",
        "URL",
        "Subdomain",
        "SubDomain",
        "Folder",
        "Environment",
    ];
    let is_other = ends.iter().any(|end| name.ends_with(end));
    let folded = fold(name);
    let may_be_user = ["user", "login", "email", "mail", "client", "calendar", "sender", "account"]
        .iter()
        .any(|word| folded.contains(word));
    let is_address = value.split_once('@').is_some_and(|(user, host)| {
        let is_word =
            |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric() || b".-_+".contains(&c));
        is_word(user) && is_word(host) && host.contains('.')
    });
    let is_described = field.is_some_and(|field| field.form == Some(Form::Email));
    (is_other && !may_be_user && is_address && !is_described).then(|| Misfit {
        problem: "is an email address".to_owned(),
        help: "use the value that the guide asks for".to_owned(),
    })
}

/// The form that a property's own name implies: where the value is an address, one named after URLs has a scheme.
fn by_name(name: &str, value: &str) -> Option<&'static Form> {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_word = !value.contains(char::is_whitespace);
    if ends(&["HostName", "Hostname", "Subdomain", "SubDomain"]) {
        return Some(&Form::Name);
    }
    if ends(&["Email", "EmailAddress"]) {
        return Some(&Form::Email);
    }
    (ends(&["Url", "URL", "Uri", "URI"]) && value.contains('.') && is_word).then_some(&Form::Url)
}
