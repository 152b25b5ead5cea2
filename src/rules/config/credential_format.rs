//! `config/credential-format`

use crate::config::credentials::{self, Fault};
use crate::config::vendor_values::{self, is_publishable};
use crate::config::{Config, Installation, Property, Shape, Text};
use crate::contract::AuthKind;
use crate::diagnostic::{Edit, Finding, Fix, Severity};
use crate::profile::{fold, is_same};
use crate::rule::{Configuration, Rule};
use crate::secrets::words;

pub const RULE: Rule =
    Rule::config("config/credential-format", include_str!("credential_format.md"), check).unsafe_fix();

fn check(configuration: &Configuration<'_>, found: &mut Vec<Finding>) {
    let config = configuration.config;
    let references = &config.references;
    for installation in config.installations() {
        let is_response = installation.shape == Shape::Account;
        if !is_response {
            client(config, installation, found);
        }
        let Some(node) = &installation.auth_value else { continue };
        let Some(text) = Text::new(node, &config.source) else { continue };
        let value = text.value.as_str();
        if let Some(fault) = credentials::quoted(value) {
            found.push(Finding::new(text.span, fault.message).severity(Severity::Warning).help(fault.help));
            continue;
        }
        found.extend(key_with_name(config, installation, &text));
        found.extend(missing_joint(config, installation, &text));
        let is_reference = node.tag.is_some() || references.is_single(value);
        if value.is_empty() || is_reference || references.placeholder_in(value).is_some() {
            continue;
        }
        // The platform's own output is judged only by what it says of itself.
        let kind = if is_response && installation.auth_type.is_none() { None } else { installation.kind() };
        let is_asked = installation.contract.as_ref().is_some_and(|known| known.contract.begins_as_asked(value));
        let prefixed = credentials::prefixed(value);
        let bare = prefixed.as_ref().map_or(value, |fault| &value[fault.surplus..]);
        let is_whole = references.parts(value).is_empty();
        let cut = || credentials::cut_token(bare).filter(|_| is_whole);
        let others =
            || cut().or_else(|| credentials::fault(bare, kind)).or_else(|| public_key(bare).filter(|_| !is_asked));
        let fault = prefixed.filter(|_| !is_asked).or_else(others);
        let Some(mut fault) = fault else { continue };
        if !is_whole {
            // The base64 form of a reference's text is not that of the value after it.
            fault.repaired = None;
        }
        let finding = Finding::new(text.span, fault.message).help(fault.help);
        let surplus = (fault.surplus > 0 && text.inner().is_some()).then(|| Edit::remove(text.part(0..fault.surplus)));
        // What the guide asks for before the credentials stays.
        let own = text.part(value.len() - bare.len()..value.len());
        let edit = surplus.or_else(|| text.inner().and(fault.repaired).map(|repaired| Edit::replace(own, repaired)));
        found.push(finding.maybe_fix(edit.map(|edit| Fix::needs_review(fault.title, vec![edit]))));
    }
}

/// The identifier and the secret of an OAuth client are one word each.
fn client(config: &Config, installation: &Installation, found: &mut Vec<Finding>) {
    for property in &installation.properties {
        found.extend(bare_variable(config, property));
        found.extend(with_name(config, property));
        found.extend(other_kind(config, property));
        if let Some(finding) = quoted(property) {
            found.push(finding);
            continue;
        }
        found.extend(client_of_other(installation, property));
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

/// The identifier of another vendor's client, or a part of one.
fn client_of_other(installation: &Installation, property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none() && property.name.value == "ClientId")?;
    let connector = installation.contract.iter().find_map(|known| known.contract.connector.as_ref());
    let fault = vendor_values::client_fault(node.as_str()?, connector.map_or("", |name| name.value.as_str()))?;
    Some(
        Finding::new(node.span, fault)
            .severity(Severity::Warning)
            .help("copy the client ID from the application again"),
    )
}

/// A key that was copied with the name that a request or a page gives it: `api_key=...`, `API Key: ...`.
fn key_with_name(config: &Config, installation: &Installation, text: &Text) -> Option<Finding> {
    const NAMES: [&str; 6] = ["key", "apikey", "token", "apitoken", "accesstoken", "authtoken"];
    let (at, mark) = text.value.char_indices().find(|(_, c)| matches!(c, '=' | ':'))?;
    let (name, rest) = (&text.value[..at], &text.value[at + 1..]);
    let is_words = name.chars().all(|c| c.is_alphanumeric() || "?& _-".contains(c));
    if !is_words || rest.trim_matches('=').is_empty() || !config.references.parts(name).is_empty() {
        return None;
    }
    // A user may have the name `token`, and a header the name of a key.
    let is_page = mark == ':' && rest.starts_with(' ') && installation.kind() != Some(AuthKind::Basic);
    let name = fold(name.trim_start_matches(['?', '&']));
    let is_named = || {
        installation
            .contract
            .iter()
            .any(|known| known.contract.credentials().any(|field| fold(&field.name.value) == name))
    };
    let is_asked = installation.contract.iter().any(|known| known.contract.begins_as_asked(&text.value));
    let is_name = !is_asked && (NAMES.contains(&name.as_str()) || is_page && is_named());
    (is_name && (mark == '=' || is_page)).then(|| {
        let mut finding = Finding::new(text.span, "value starts with its own name").help("remove the name");
        if is_page {
            // A vendor may ask for the name in a request.
            finding = finding.severity(Severity::Warning);
        }
        let surplus = text.value.len() - rest.trim_start().len();
        let edit = text.inner().filter(|_| is_page).map(|_| Edit::remove(text.part(0..surplus)));
        finding.maybe_fix(edit.map(|edit| Fix::needs_review("remove the name", vec![edit])))
    })
}

/// Parts of a key without what the guide says is between them.
fn missing_joint(config: &Config, installation: &Installation, text: &Text) -> Option<Finding> {
    let contract = &installation.contract.as_ref()?.contract;
    let joint = contract.joint.filter(|_| contract.has_several_keys())?;
    let value = text.value.as_str();
    let is_open = config.references.is_single(value) || config.references.placeholder_in(value).is_some();
    let is_wrong = !is_open && !value.is_empty() && !value.contains(joint);
    is_wrong.then(|| {
        Finding::new(text.span, format!("missing `{joint}` between the parts of the key"))
            .severity(Severity::Warning)
            .help(format!("join them with `{joint}`"))
    })
}

/// A key that an application publishes, instead of the credentials.
fn public_key(value: &str) -> Option<Fault> {
    is_publishable(value).then(|| Fault::new("publishable key instead of a secret", "use the secret key"))
}

/// A token without its last parts, or a key of the other kind than its property's name says.
fn other_kind(config: &Config, property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let (name, value) = (fold(&property.name.value), node.as_str()?);
    if config.references.is_reference(value, None) || !config.references.open_parts(value).is_empty() {
        return None;
    }
    let words = words(&property.name.value);
    let has = |word: &str| words.iter().any(|other| other == word);
    let is_key = matches!(words.last().map(String::as_str), Some("key" | "token"));
    let is_public = has("public") || has("publishable");
    let own_faults = || credentials::private_key_fault(&name, value).or_else(|| credentials::file_fault(&words, value));
    let fault = credentials::cut_token(value).or_else(own_faults).or_else(|| {
        let is_secret = vendor_values::is_secret_key(value);
        if is_key && is_public && is_secret {
            return Some(Fault::new("secret key instead of the public one", "use the public key"));
        }
        let wants_secret = has("secret") && !is_public && name != "clientsecret";
        public_key(value).filter(|_| wants_secret)
    })?;
    Some(Finding::new(node.span, fault.message).severity(Severity::Warning).help(fault.help))
}

/// Quotation marks around the value itself.
fn quoted(property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let value = node.as_str()?;
    // In a database, a name with spaces or in lowercase is in quotation marks.
    if value.starts_with(['"', '`']) && is_of_database(&property.name.value) {
        return None;
    }
    let fault = credentials::quoted(value)?;
    Some(Finding::new(node.span, fault.message).severity(Severity::Warning).help(fault.help))
}

/// Whether a property is called after something in a database: `Schema`, `TableName`.
fn is_of_database(name: &str) -> bool {
    const THINGS: [&str; 6] = ["schema", "database", "warehouse", "role", "table", "column"];
    let folded = fold(name);
    let thing = folded.strip_suffix("name").unwrap_or(&folded);
    THINGS.iter().any(|end| thing.ends_with(end))
}

/// The name of a variable without what makes it a reference: `ACME_CLIENT_ID` for `ClientId`.
fn bare_variable(config: &Config, property: &Property) -> Option<Finding> {
    let node = property.value.as_ref().filter(|node| node.tag.is_none())?;
    let is_open =
        |value: &&str| config.references.is_single(value) || config.references.placeholder_in(value).is_some();
    let value = node.as_str().filter(|value| !is_open(value))?;
    // Names in a database are written like variables: `ACME_SCHEMA`.
    let is_constant = value.contains('_') && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if !is_constant
        || is_of_database(&property.name.value)
        || !fold(value).ends_with(&fold(&property.name.value))
        || is_same(value, &property.name.value)
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
    let edit = text.inner().map(|_| Edit::remove(text.part(0..surplus)));
    Some(finding.maybe_fix(edit.map(|edit| Fix::needs_review("remove the name", vec![edit]))))
}
