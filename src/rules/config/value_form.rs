//! `config/value-form`

mod given;
mod hosts;
mod pages;

use crate::config::vendor_values;
use crate::config::{
    Demand, Installation, Look, Misfit, foreign, foreign_key, guid_misfit, host_misfit, misfit, url_misfit,
};
use crate::contract::{AuthKind, Form};
use crate::diagnostic::Finding;
use crate::rule::{Configuration, Rule};
use crate::secrets::words;
use crate::source::Span;

use given::Given;

pub const RULE: Rule = Rule::config("config/value-form", include_str!("value_form.md"), check).warning();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    for installation in config.installations() {
        let given = installation.properties.iter().filter_map(|property| Given::new(config, installation, property));
        // The rules about scopes judge scopes that are the value of a property.
        let given =
            given.filter(|given| installation.scopes.as_ref().is_none_or(|scopes| scopes.span != given.node.span));
        found.extend(given.filter_map(|given| surplus(&given).or_else(|| own_form(&given))));
        found.extend(credential(configuration, installation));
    }
}

/// The form of a key that is a value of its own.
fn credential(configuration: &Configuration<'_>, installation: &Installation) -> Option<Finding> {
    let node = installation.auth_value.as_ref().filter(|node| node.tag.is_none())?;
    let (value, references) = (node.as_str()?, &configuration.config.references);
    if installation.kind() != Some(AuthKind::ApiKey) {
        return None;
    }
    if let Some(look) = foreign_key(installation, value).filter(|_| references.open_parts(value).is_empty()) {
        return Some(unexpected(look, "AuthValue", node.span));
    }
    let known = installation.contract.as_ref()?;
    let mut keys = known.contract.credentials();
    let key = keys.next().filter(|key| keys.all(|other| other.key == key.key))?;
    // The message about a choice names the value.
    let form = key.form.as_ref().filter(|form| !matches!(form, Form::OneOf(_)))?;
    let misfit = misfit(form, value, references)?;
    let finding = Finding::new(node.span, format!("`AuthValue` {}", misfit.problem)).help(misfit.help);
    Some(Demand::new(&key.name, known).show(finding, "described here"))
}

/// A value that the guide says to leave out.
fn surplus(given: &Given<'_>) -> Option<Finding> {
    let field = given.described().filter(|field| field.is_left_out() && !given.value.is_empty())?;
    let finding = Finding::new(given.node.span, format!("unexpected value for `{}`", given.name));
    Some(given.shown(field, finding.help("remove the value"), "left out here"))
}

/// What is wrong with a value that is not kept elsewhere.
fn own_form(given: &Given<'_>) -> Option<Finding> {
    let is_reference = given.references().is_single(given.value);
    if is_reference { None } else { by_itself(given).or_else(|| by_guide(given)) }
}

/// What is wrong with a value whatever the guide says of its form.
fn by_itself(given: &Given<'_>) -> Option<Finding> {
    let value = given.value;
    let misfit = url_misfit(value, given.references())
        .or_else(|| guid_misfit(value))
        .or_else(|| host_misfit(value).filter(|_| given.is_host() && !given.is_open()))
        .or_else(|| outside_regions(given))
        .or_else(|| pages::misfit(given))
        .or_else(|| not_an_identifier(given))
        .or_else(|| hosts::misfit(given))?;
    Some(given.finding(misfit))
}

/// A region that the vendor does not have.
fn outside_regions(given: &Given<'_>) -> Option<Misfit> {
    let regions = vendor_values::regions(&given.folded, given.product())?;
    let problem = || format!("is not {} of {}", regions.kind, regions.vendor);
    (!regions.is_region(given.value) && !given.is_open())
        .then(|| Misfit { problem: problem(), help: regions.help.clone() })
}

/// A name in the place of an identifier. Numbers are written in groups.
fn not_an_identifier(given: &Given<'_>) -> Option<Misfit> {
    const NAMES: [&str; 4] = ["clientid", "timezoneid", "senderid", "callerid"];
    let is_identifier =
        (given.name.ends_with("Id") || given.name.ends_with("ID")) && !NAMES.contains(&given.folded.as_str());
    let is_name = given.value.contains(' ') && !given.value.contains(|c: char| c.is_ascii_digit());
    (is_identifier && is_name && !given.has_references()).then(|| Misfit {
        problem: "has a space, unlike an identifier".to_owned(),
        help: "use the identifier that the application shows, not a name".to_owned(),
    })
}

/// A value without the form that the guide describes or that its name implies, or one that looks like something else.
fn by_guide(given: &Given<'_>) -> Option<Finding> {
    let field = given.described();
    let form = field.map_or_else(|| by_name(given), |field| field.form.as_ref());
    let form = form.filter(|form| match form {
        Form::Number => is_port(given) != Some(false),
        // What the guide itself prints without a scheme has none.
        Form::Url => given.samples().all(|sample| sample.contains("://")),
        Form::Site => !pages::is_of_page(&given.folded),
        _ => true,
    });
    let misfit =
        form.and_then(|form| misfit(form, given.value, given.references()).or_else(|| hosts::port(form, given)));
    let Some(misfit) = misfit else {
        let look = foreign(given.installation, given.name, given.value).filter(|_| !given.is_open())?;
        return Some(unexpected(look, given.name, given.node.span));
    };
    // The message about a choice names the value.
    if let Some(Form::OneOf(choices)) = form
        && (given.config.source.is_hidden(given.node.span.range()) || hosts::is_for_choice(given.value, choices))
    {
        return None;
    }
    let finding = given.finding(misfit);
    Some(match field {
        Some(field) => given.shown(field, finding, "described here"),
        None => finding,
    })
}

/// A value that looks like another kind of value than its name.
fn unexpected(look: Look, name: &str, span: Span) -> Finding {
    Finding::new(span, format!("unexpected {} in `{name}`", look.words()))
        .help("use only the value that the application shows")
}

/// The form that a property's own name implies: where the value is an address, one named after URLs has a scheme.
fn by_name(given: &Given<'_>) -> Option<&'static Form> {
    let ends = |ends: &[&str]| ends.iter().any(|end| given.name.ends_with(end));
    let is_word = !given.value.contains(char::is_whitespace);
    if ends(&["Subdomain", "SubDomain"]) && hosts::is_whole(given) {
        return Some(&Form::Label);
    }
    if ends(&["HostName", "Hostname", "Subdomain", "SubDomain"]) {
        return Some(&Form::Name);
    }
    // What is sent by email, and whether it is, have such names as well.
    if ends(&["Email", "EmailAddress"]) && given.value.contains(['@', '.']) {
        return Some(&Form::Email);
    }
    if is_port(given) == Some(true) {
        return Some(&Form::Number);
    }
    (ends(&["Url", "URL", "Uri", "URI"]) && given.value.contains('.') && is_word).then_some(&Form::Url)
}

/// Whether a port is that of a network, by its name or a host beside it: goods and cables have others. `None` for what
/// is not called a port.
fn is_port(given: &Given<'_>) -> Option<bool> {
    let is_host = |word: &String| {
        ["host", "hostname", "domain", "server", "proxy", "smtp", "sftp", "database"].contains(&word.as_str())
    };
    let mut own = words(given.name).into_iter().rev();
    own.next().filter(|last| last == "port")?;
    let names = given.installation.properties.iter().map(|other| other.name.value.as_str());
    let described = given.installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let mut others = names.chain(described.map(|field| field.key.as_str()));
    Some(own.next().map_or_else(|| others.any(|other| words(other).iter().any(is_host)), |word| is_host(&word)))
}
