//! What a guide promises: the fields, callback URL, scopes and kind of authentication that a
//! configuration must agree with, each with the place that says so.

mod auth;
pub mod bundle;
pub mod callback;
pub mod extract;
mod fields;
mod forms;
mod known;
mod mentioned;
mod printed;
mod published;
mod schema;
pub mod scope_lists;
mod scopes;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::source::Span;

pub use forms::{is_example_word, is_own_thing};
pub use known::KnownContract;
pub use published::is_everything;
pub(crate) use published::with_references;
pub(crate) use schema::{CALLBACK, validator};

/// A fact and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The fact.
    pub value: T,
    /// The line of the guide (from 1).
    pub line: u32,
    /// The place, where the guide itself is available; `None` for a built-in contract.
    pub span: Option<Span>,
}

/// How a connector authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthKind {
    /// OAuth 2.0, any grant.
    OAuth2,
    /// OAuth 1.0a.
    OAuth1,
    /// One key or token.
    ApiKey,
    /// User name and password, HTTP Basic.
    Basic,
    /// Fields of the connector's own.
    AuthFields,
    /// Nothing.
    None,
}

/// How an application gets an OAuth 2.0 token, in the platform's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grant {
    /// A user signs in with the vendor and is sent back.
    AuthorisationCode,
    /// The application signs in on its own.
    ClientCredentials,
    /// The application signs in with the name and the password of a user.
    PasswordCredentials,
}

/// Where a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// By the partner, in the console.
    Console,
    /// By whoever installs the connector into an account.
    Account,
}

/// A value that the guide asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name as the guide writes it: `Client ID`.
    pub name: Found<String>,
    /// The property that holds it in a configuration: `ClientId`.
    pub key: String,
    /// Whether the guide says that it may be left out.
    pub optional: bool,
    /// Whether only some uses require it: some methods, or a switch that is on.
    pub conditional: bool,
    /// The choice that it belongs to, where the guide asks for other values with each choice.
    pub when: Option<When>,
    /// Whether its value must not be shown.
    pub secret: bool,
    /// Where it is filled in.
    pub level: Level,
    /// The form that the guide describes.
    pub form: Option<Form>,
    /// The addresses and the examples that the guide prints for it.
    pub samples: Vec<String>,
}

/// A choice that fields belong to: `Environment` is `Sandbox`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The property that holds the choice.
    pub key: String,
    /// Its values.
    pub values: Vec<String>,
}

/// What the value of a field must look like, as far as the guide says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// `true` or `false`.
    Boolean,
    /// Digits.
    Number,
    /// Exactly this many digits.
    Digits(usize),
    /// An email address.
    Email,
    /// One of these values, in any case.
    OneOf(Vec<String>),
    /// Items with this separator between them.
    List(char),
    /// A host name without a scheme and a path.
    Host,
    /// A name or a host name, without a scheme and a path.
    Name,
    /// One part of a host name: no dots.
    Label,
    /// A URL with its scheme.
    Url,
    /// A URL with this scheme.
    Scheme(String),
    /// A URL like that of an example which ends after the host.
    Site,
    /// A URL that ends after the host.
    Origin,
    /// Without a slash at the end.
    WithoutSlash,
    /// Without this text at the end.
    WithoutEnd(String),
    /// So many characters, or characters that begin so.
    Text {
        /// How many.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<usize>,
        /// How they begin.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prefix: Option<String>,
    },
    /// The part of a longer text after and before these marks, which are not in it.
    Part {
        /// What is before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
        /// What follows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    /// This text with values for its placeholders: `{name}@{company}`.
    Shape(String),
    /// Not this text, and none that contains it.
    Not(String),
    /// Nothing: the guide says to leave the value out.
    Empty,
}

impl Form {
    /// Whether the form may be kept for a secret: it does not reveal the value.
    pub fn is_of_secrets(&self) -> bool {
        match self {
            // The name of a scheme reveals nothing of a secret.
            Self::Text { prefix, .. } => prefix.as_ref().is_none_or(|prefix| scheme(prefix.trim()).is_some()),
            form => matches!(form, Self::Digits(_) | Self::Part { .. } | Self::Not(_)),
        }
    }
}

/// The scheme of HTTP authentication (RFC 7235, section 2.1) that a text names, in any case.
pub fn scheme(text: &str) -> Option<&'static str> {
    ["Basic", "Bearer", "Token"].into_iter().find(|scheme| scheme.eq_ignore_ascii_case(text))
}

/// What could not be read from the guide, and why: the contract is open there.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Which fact: `auth`, `grant`, `fields`, `scopes`.
    pub fact: &'static str,
    /// Why: lower case, no full stop.
    pub reason: String,
    /// Where, if at one place.
    pub span: Option<Span>,
}

/// The facts of one connector.
#[derive(Debug, Clone, Default)]
pub struct Contract {
    /// The connector's name.
    pub connector: Option<Found<String>>,
    /// The permalink of the guide.
    pub permalink: Option<Found<String>>,
    /// How it authenticates; `None` if the guide does not specify it.
    pub auth: Option<Found<AuthKind>>,
    /// Whether a sentence says so: "uses Basic authentication".
    pub states_auth: bool,
    /// Whether a sentence says that the connector needs its values, and no others.
    pub needs_auth: bool,
    /// The OAuth 2.0 grant; `None` if the guide does not specify it.
    pub grant: Option<Found<Grant>>,
    /// The callback URL as the guide writes it.
    pub callback: Option<Found<String>>,
    /// The values asked for, in order.
    pub fields: Vec<Field>,
    /// The scopes named by the tokens that the vendor uses.
    pub scopes: Vec<Found<String>>,
    /// Those of the scopes that the guide calls optional.
    pub optional_scopes: BTreeSet<String>,
    /// The scopes named only by what the vendor's console shows.
    pub scope_labels: Vec<Found<String>>,
    /// Properties of values that the guide names without asking for them.
    pub mentioned: Vec<String>,
    /// Values that the guide describes without asking for them.
    pub described: Vec<Field>,
    /// The properties that the vendor's names for a user name and a password would be, each with the one that holds it.
    pub passed: BTreeMap<String, String>,
    /// The hashes of the random values that the guide prints.
    pub printed: BTreeSet<String>,
    /// The hashes of the addresses of pages that the guide links to.
    pub pages: BTreeSet<String>,
    /// What is between the parts of the credentials, if the guide says that they are joined.
    pub joint: Option<char>,
    /// Whether the guide says that values which are left out are asked for at installation.
    pub asks_later: bool,
    /// What could not be read.
    pub gaps: Vec<Gap>,
}

impl Field {
    /// Whether the guide says to leave the value out.
    pub fn is_left_out(&self) -> bool {
        self.form == Some(Form::Empty)
    }
}

/// The properties that hold the name of a user.
const USERS: [&str; 4] = ["Username", "Email", "UserEmail", "Login"];

impl Contract {
    /// Whether the guide lists the values that it asks for: there are no others.
    pub fn lists_values(&self) -> bool {
        !self.fields.is_empty() && self.gaps.iter().all(|gap| gap.fact != "fields")
    }

    /// Whether the guide prints a random value: it is a sample.
    pub fn prints(&self, value: &str) -> bool {
        printed::hash(value.trim()).is_some_and(|hash| self.printed.contains(&hash))
    }

    /// Whether the guide leads its readers to a page with this address.
    pub fn links_to_page(&self, url: &str) -> bool {
        printed::page_hash(url.trim()).is_some_and(|hash| self.pages.contains(&hash))
    }

    /// Whether the guide says to leave out the value of a property.
    pub fn leaves_out(&self, key: &str) -> bool {
        self.descriptions().any(|field| field.key == key && field.is_left_out())
    }

    /// What the guide says of values: of those that it asks for first.
    pub fn descriptions(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(&self.described)
    }

    /// Whether a key begins as the guide asks for, as with the name of a scheme.
    pub fn begins_as_asked(&self, value: &str) -> bool {
        let prefix = |field: &Field| match &field.form {
            Some(Form::Text { prefix: Some(prefix), .. }) => value.starts_with(prefix.trim()),
            _ => false,
        };
        self.credentials().any(prefix)
    }

    /// Whether the connector signs in by OAuth, 1.0a or 2.0.
    pub fn is_oauth(&self) -> bool {
        self.auth.as_ref().is_some_and(|auth| matches!(auth.value, AuthKind::OAuth1 | AuthKind::OAuth2))
    }

    /// Whether the application signs in with the name and the password of a user, as far as the guide describes it.
    pub fn signs_in_with_password(&self) -> bool {
        let asks_for = |keys: &[&str]| self.fields.iter().any(|field| keys.contains(&field.key.as_str()));
        self.grant.as_ref().is_some_and(|grant| grant.value == Grant::PasswordCredentials)
            || asks_for(&USERS) && asks_for(&["Password"])
    }

    /// Whether the guide describes the sign-in without the identifier and the secret of an OAuth client: the platform has
    /// its own.
    pub fn has_own_client(&self) -> bool {
        let is_client = |key: &str| matches!(key, "ClientId" | "ClientSecret");
        let asks_for_client = self.fields.iter().any(|field| is_client(&field.key));
        // A guide that asks for another secret names the client in passing.
        let has_secret = self.fields.iter().any(|field| field.secret);
        let names_client = !has_secret && self.mentioned.iter().any(|key| is_client(key));
        let is_described = self.auth.is_some() || has_secret && self.lists_values();
        is_described && !asks_for_client && !names_client
    }

    /// Whether the guide describes several ways to sign in, of which a configuration uses one.
    pub fn has_several_ways(&self) -> bool {
        self.auth.is_some() && self.gaps.iter().any(|gap| gap.fact == "auth")
    }
}
