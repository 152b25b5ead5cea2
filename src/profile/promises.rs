//! The parts of a profile by which a guide's promises are found: values, kinds of authentication, the callback URL, scopes.

use serde::Deserialize;

use super::{Names, Phrases};
use crate::contract::{AuthKind, Grant};

/// How guides ask for values.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// Headers of the first column of a values table.
    pub headers: Names,
    /// The header of a values table, as the house style writes it.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What announces values to be entered by the partner.
    pub announcements: Phrases,
    /// What announces values asked for at installation.
    #[serde(default)]
    pub account_announcements: Phrases,
    /// What a sentence says before the names of values that the reader has to fetch.
    #[serde(default)]
    pub needs: Phrases,
    /// What a step says before the names of what it asks for.
    #[serde(default)]
    pub steps: Phrases,
    /// What a step says of values that it does not name: earlier steps gave them.
    #[serde(default)]
    pub back_references: Phrases,
    /// Words for values in general.
    #[serde(default)]
    pub general_words: Names,
    /// Last words by which a name is known as that of a value.
    #[serde(default)]
    pub name_endings: Names,
    /// Bold words with a colon that are not value.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What marks a value as optional.
    #[serde(default)]
    pub optional: Optional,
}

/// What marks a value as optional.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Optional {
    /// In the name.
    pub name: Vec<String>,
    /// At the start of a sentence of the description.
    pub description: Phrases,
    /// Anywhere in the description: the platform has a value of its own.
    pub default: Phrases,
    /// In what announces values: of these only some are needed.
    pub alternatives: Phrases,
    /// Anywhere in the description: the value is required for some of what the connector does.
    pub conditions: Phrases,
    /// Anywhere in the guide: the platform asks for values that are left out.
    #[serde(default)]
    pub later: Phrases,
}

/// A value that guides ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldName {
    /// How it is written.
    pub name: String,
    /// The property that holds it in a configuration.
    pub key: String,
    /// Other spellings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Whether its value must not be shown.
    #[serde(default)]
    pub secret: bool,
    /// Its evidence for the kind of authentication.
    pub auth: Option<Evidence>,
    /// The property that holds it where the guide signs in by OAuth and no other value is that property's.
    pub oauth: Option<String>,
}

/// The evidence of a field for the kind of authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// OAuth 1.0a.
    OAuth1,
    /// OAuth 2.0.
    OAuth2,
    /// A user's name.
    User,
    Password,
    Key,
}

/// Phrases that identify the kind of authentication if the fields do not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Phrases in order of their weight: the first kind with a phrase in the text counts.
    pub phrases: Vec<AuthPhrases>,
    /// What says that there are several ways to sign in.
    #[serde(default)]
    pub several: Phrases,
    /// What names an OAuth 2.0 grant.
    #[serde(default)]
    pub grants: Vec<GrantPhrases>,
}

/// Phrases that name one OAuth 2.0 grant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantPhrases {
    pub grant: Grant,
    /// Anywhere in the text.
    pub any: Phrases,
    /// In a sentence about the grant type.
    #[serde(default)]
    pub types: Phrases,
}

/// Phrases that identify one kind of authentication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthPhrases {
    pub kind: AuthKind,
    pub any: Phrases,
}

/// How callback URLs are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// The canonical spelling, with a placeholder for the host.
    pub template: String,
    /// The path, exactly.
    pub path: String,
    /// What announces a callback URL.
    #[serde(default)]
    pub announcements: Phrases,
    /// What says where else the callback URL is shown.
    #[serde(default)]
    pub pointers: Phrases,
    /// What says that the reader is sent to another site ...
    #[serde(default)]
    pub redirects: Phrases,
    /// ... and this, that it is to sign in there.
    #[serde(default)]
    pub sign_ins: Phrases,
    /// The content of the place of the partner's own host.
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Words of placeholders that name another host of the platform.
    #[serde(default)]
    pub other_words: Vec<String>,
    /// Hosts that the documentation uses as examples.
    #[serde(default)]
    pub example_hosts: Vec<String>,
    /// Hosts that only developers of the platform can reach.
    #[serde(default)]
    pub internal_hosts: Vec<String>,
    /// First words of names below the platform's hosts that only its developers use.
    #[serde(default)]
    pub developer_words: Vec<String>,
    /// Hosts of the platform itself, to which no connector calls back.
    #[serde(default)]
    pub platform_hosts: Vec<String>,
    /// Domains of services that tunnel requests from the internet to a developer's computer.
    #[serde(default)]
    pub tunnel_hosts: Vec<String>,
}

/// How guides speak of scopes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeWords {
    /// Words near which scopes are looked for.
    pub words: Phrases,
    /// Words for scopes only.
    pub names: Phrases,
    /// Words in front of such a word that ask for scopes without saying which.
    #[serde(default)]
    pub unspecified: Phrases,
}
