//! What a value plainly is, whatever its name says: a URL, an email address, the name of a host, a token. A name shows
//! which of them its value cannot be.

use crate::config::{Installation, credentials::is_email, is_called, vendor_values};
use crate::contract::{Field, Form};
use crate::profile::fold;
use crate::secrets::{looks_random, words};

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The address of a page or an API.
    Url,
    /// An email address.
    Email,
    /// The name of a host.
    Host,
    /// Random characters that no host has.
    Token,
    /// Random characters that may be a part of a host.
    Label,
}

use Look::{Email, Host, Label, Token, Url};

/// The last words of names, and what no value of such a name looks like.
const NAMES: &[(&[&str], &[Look])] = &[
    (&["url", "uri"], &[Email, Token, Label]),
    (&["endpoint", "domain", "host", "hostname", "server", "domainname", "servername"], &[Email, Token]),
    (&["region"], &[Url, Email]),
    (&["datacenter", "environment", "site", "instance", "subdomain", "port", "sitename", "instancename"], &[Email]),
    (&["key", "apikey", "id", "identifier", "token", "secret"], &[Url, Email, Host]),
    (&["code", "number", "version", "hash", "tenant", "organization", "organisation"], &[Url, Email]),
    (&["database", "databasename", "schema", "warehouse"], &[Url, Email]),
    (&["name", "username", "password"], &[Url]),
    (&["folder"], &[Email]),
];

/// Those of [`NAMES`] that are several words: `DomainName`, `domain_name`, `Domain Name`.
const COMPOUNDS: &[&str] = &["domainname", "servername", "sitename", "instancename", "databasename", "hostname"];

/// What these words name may be identified by an email address ...
const PEOPLE: &[&str] = &[
    "user", "login", "mail", "admin", "owner", "agent", "calendar", "sender", "principal", "account", "group", "room",
    "resource", "delegate", "impersonat", "member",
];

/// ... and what these name, by a host.
const PLACES: &[&str] = &[
    "domain", "host", "site", "server", "store", "shop", "tenant", "instance", "portal", "node", "device", "machine",
    "list",
];

/// What is identified by URIs that are never opened: `EntityId`, `ClaimType`, `XmlNamespace`.
const IDENTIFIED_BY_URIS: &[&str] = &[
    "audience", "issuer", "namespace", "realm", "scope", "claim", "schema", "type", "action", "system", "profile",
    "attribute", "entity",
];

/// The endings of most hosts. Others are those of names with dots as well: `shop.checkout.de`, `node.local`.
const ENDINGS: &[&str] = &["com", "net", "org", "io", "co", "cloud", "example"];

/// The shortest token, in bytes: names of computers are shorter.
const SHORTEST_TOKEN: usize = 20;

/// What the value of a property looks like, if nothing that has its name can look so and its guide prints nothing that
/// does.
pub fn foreign(installation: &Installation, name: &str, value: &str) -> Option<Look> {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let fields: Vec<&Field> = fields.filter(|field| is_called(field, name)).collect();
    let is_of_vendor = is_host_of_vendor(installation, value);
    let look = if is_of_vendor { Some(Host) } else { look(value) };
    let look = look.filter(|look| is_foreign(name, *look))?;
    let is_said = |field: &&Field| allows(field, look, is_of_vendor) || !is_foreign(&field.name.value, look);
    // A store of secrets may have an address for each of them.
    let is_of_store = || look == Url && ["vault", "secret"].iter().any(|word| value.contains(word));
    (!fields.iter().any(is_said) && !is_of_store()).then_some(look)
}

/// What the key of an installation looks like, if none of the credentials that its guide asks for can.
pub fn foreign_key(installation: &Installation, value: &str) -> Option<Look> {
    let contract = &installation.contract.as_ref()?.contract;
    let look = foreign(installation, "Key", value)?;
    contract.credentials().all(|field| foreign(installation, &field.key, value).is_some()).then_some(look)
}

impl Look {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Url => "URL",
            Self::Email => "email address",
            Self::Host => "host name",
            Self::Token | Self::Label => "token",
        }
    }
}

fn look(value: &str) -> Option<Look> {
    let value = value.trim();
    if ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme)) {
        return Some(Url);
    }
    if is_email(value) {
        return Some(Email);
    }
    if is_host(value) && !vendor_values::is_client(value) {
        return Some(Host);
    }
    // A part of a host has no other characters.
    let is_label = value.len() < SHORTEST_TOKEN
        || value.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
    let kind = if is_label { Label } else { Token };
    (!value.contains('.') && looks_random(value)).then_some(kind)
}

/// Whether values of this name may look like URLs and are never opened.
pub fn is_identified_by_uri(name: &str) -> bool {
    let mut words = words(name);
    let is_uri = words.pop_if(|last| last == "uri").is_some();
    let is_identifier = words.pop_if(|last| matches!(last.as_str(), "id" | "identifier")).is_some();
    words.pop_if(|last| last == "name");
    let last = words.last().map_or("", String::as_str);
    // Metadata of a client is at its identifier, and Azure has an App ID URI.
    IDENTIFIED_BY_URIS.contains(&last) || is_identifier && (is_uri || last == "client")
}

/// Whether no value of this name looks like that.
fn is_foreign(name: &str, look: Look) -> bool {
    let folded = fold(name);
    let is_one_of = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let looks = NAMES
        .iter()
        .find(|(ends, _)| ends.iter().any(|end| ends_in(name, end) || COMPOUNDS.contains(end) && folded.ends_with(end)))
        .map(|(_, looks)| *looks);
    let is_usual = match look {
        Email => is_one_of(PEOPLE),
        Host => is_one_of(PLACES),
        Url => is_identified_by_uri(name),
        Token | Label => false,
    };
    looks.is_some_and(|looks| looks.contains(&look)) && !is_usual
}

/// Whether a name ends in a word: `AccountID`, `account_id`, `Account ID`.
fn ends_in(name: &str, word: &str) -> bool {
    let Some((before, end)) = name.len().checked_sub(word.len()).and_then(|at| name.split_at_checked(at)) else {
        return false;
    };
    let is_word = before.is_empty() || end.starts_with(char::is_uppercase) || !before.ends_with(char::is_alphanumeric);
    is_word && end.eq_ignore_ascii_case(word)
}

/// Whether a value is the name of a host in a domain that is named after the product, in any case.
fn is_host_of_vendor(installation: &Installation, value: &str) -> bool {
    let product = installation.contract.iter().find_map(|known| known.contract.connector.as_ref());
    let Some(product) = product.map(|name| name.value.to_lowercase()) else { return false };
    let host = value.trim().to_lowercase();
    let domain = host.rsplit('.').nth(1).unwrap_or_default();
    let mut words = product.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    is_host(&host) && !vendor_values::is_client(value) && words.any(|word| domain.contains(word))
}

/// Whether a guide describes a value that looks so, or prints one.
fn allows(field: &Field, wanted: Look, is_of_vendor: bool) -> bool {
    let by_form = match &field.form {
        Some(Form::Url | Form::Site | Form::Origin | Form::Scheme(_) | Form::WithoutEnd(_) | Form::WithoutSlash) => {
            wanted == Url
        }
        Some(Form::Email) => wanted == Email,
        Some(Form::Host) => wanted == Host,
        _ => false,
    };
    // What has the form of an example is as right: `ab12.region.cloud` for an account.
    let is_dotted = |sample: &String| {
        let may_be_alike = !is_of_vendor || is_host(&sample.to_lowercase());
        wanted == Host && may_be_alike && sample.contains('.') && !sample.contains(['/', '@'])
    };
    by_form || field.samples.iter().any(|sample| look(sample) == Some(wanted) || is_dotted(sample))
}

/// Whether a value is certainly the name of a host: labels of lowercase letters, digits, and hyphens. Identifiers of
/// applications begin with its end.
pub fn is_host(value: &str) -> bool {
    let labels: Vec<&str> = value.split('.').collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
    let is_label = |label: &&str| {
        let mut bytes = label.bytes();
        !label.is_empty() && bytes.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    };
    labels.len() > 1 && ENDINGS.contains(last) && !ENDINGS.contains(first) && labels.iter().all(is_label)
}
