//! What a value plainly is, whatever its name says: a URL, an email address, the name of a host, a token. A name shows
//! which of them its value cannot be.

use crate::config::{Installation, credentials::is_email, forms::guid_slips, is_called, vendor_values};
use crate::contract::{Field, Form};
use crate::profile::fold;
use crate::secrets::looks_random;

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The address of a page or an API.
    Url,
    /// An email address.
    Email,
    /// The name of a host.
    Host,
    /// Random characters.
    Token,
    /// A GUID.
    Guid,
}

use Look::{Email, Guid, Host, Token, Url};

/// The last words of names, and what no value of such a name looks like.
const NAMES: &[(&[&str], &[Look])] = &[
    // Identifiers of other systems that are URLs.
    (&["entityid", "appiduri", "audience", "issuer"], &[]),
    (&["url", "uri", "endpoint", "domain", "host", "hostname", "server", "domainname", "servername"], &[Email, Token]),
    (&["region"], &[Url, Email, Guid]),
    (&["datacenter", "environment", "site", "instance", "subdomain", "port", "sitename", "instancename"], &[Email]),
    (&["key", "apikey", "id", "identifier", "token", "secret"], &[Url, Email, Host]),
    (&["code", "number", "version", "hash", "tenant", "organization", "organisation"], &[Url, Email]),
    (&["database", "databasename", "schema", "warehouse"], &[Url, Email]),
    (&["name", "username", "password"], &[Url]),
    (&["folder"], &[Email]),
];

/// Those of [`NAMES`] that are several words: `EntityId`, `entity_id`, `Entity ID`.
const COMPOUNDS: &[&str] =
    &["entityid", "appiduri", "domainname", "servername", "sitename", "instancename", "databasename", "hostname"];

/// What these words name may be identified by an email address ...
const PEOPLE: &[&str] =
    &["user", "login", "mail", "admin", "owner", "agent", "calendar", "sender", "principal", "account"];

/// ... and what these name, by a host.
const PLACES: &[&str] = &["domain", "host", "site", "server", "store", "shop", "tenant", "instance", "portal"];

/// The endings of most hosts: one more part is enough to know them.
const ENDINGS: &[&str] = &["com", "net", "org", "io", "co", "cloud", "app"];

/// Other endings of hosts, besides those of countries.
const OTHER_ENDINGS: &[&str] = &[
    "biz", "dev", "edu", "example", "gov", "info", "int", "internal", "invalid", "local", "mil", "online", "shop",
    "site", "store", "tech", "test", "xyz",
];

/// What the value of a property looks like, if nothing that has its name can look so and its guide prints nothing that
/// does.
pub fn foreign(installation: &Installation, name: &str, value: &str) -> Option<Look> {
    let fields = installation.contract.iter().flat_map(|known| known.contract.descriptions());
    let fields: Vec<&Field> = fields.filter(|field| is_called(field, name)).collect();
    let look = look(value).filter(|look| is_foreign(name, *look))?;
    let is_said = |field: &&Field| allows(field, look) || !is_foreign(&field.name.value, look);
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
            Self::Token => "token",
            Self::Guid => "GUID",
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
    if guid_slips(value).is_some_and(|slips| slips == [0; 5]) {
        return Some(Guid);
    }
    if is_host(value) && !vendor_values::is_client(value) {
        return Some(Host);
    }
    (!value.contains('.') && looks_random(value)).then_some(Token)
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
        Url | Token | Guid => false,
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

/// Whether a guide describes a value that looks so, or prints one.
fn allows(field: &Field, wanted: Look) -> bool {
    let by_form = match &field.form {
        Some(Form::Url | Form::Site | Form::Origin | Form::Scheme(_) | Form::WithoutEnd(_) | Form::WithoutSlash) => {
            wanted == Url
        }
        Some(Form::Email) => wanted == Email,
        Some(Form::Host) => wanted == Host,
        _ => false,
    };
    // What has the form of an example is as right: `ab12.region.cloud` for an account.
    let is_dotted = |sample: &String| wanted == Host && sample.contains('.') && !sample.contains(['/', '@']);
    by_form || field.samples.iter().any(|sample| look(sample) == Some(wanted) || is_dotted(sample))
}

/// Whether a value is the name of a host: words of lowercase letters. Identifiers of applications begin with its end.
fn is_host(value: &str) -> bool {
    let labels: Vec<&str> = value.split('.').collect();
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
    let is_label = |label: &&str| {
        let mut bytes = label.bytes();
        !label.is_empty() && bytes.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    };
    let is_end = |label: &str| label.len() > 1 && label.bytes().all(|c| c.is_ascii_lowercase());
    // Tables and settings have names with dots as well: `sales.public.orders`.
    let is_known = || last.len() == 2 || ENDINGS.contains(last) || OTHER_ENDINGS.contains(last);
    let is_certain = labels.len() > 2 && is_known() || labels.len() == 2 && ENDINGS.contains(last);
    is_certain && is_end(last) && !ENDINGS.contains(first) && labels.iter().all(is_label)
}
