//! The form of a pack: one type for each part of its file.

mod agreement;
mod names;
mod page;
mod role;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::globs::{Limits, Pattern};
use super::schema::Schema;
use crate::dialect::{Dialect, Mdx};
use crate::profile::Profile;

use agreement::CallbackForm;
pub use agreement::{Agreement, Verb};
pub use page::{ItemsFrom, PageForm, SectionForm, TitleSource};
pub use role::{OneOrMore, Role};

/// A vendor's files, pages and data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The name.
    #[serde(rename = "pack")]
    pub name: String,
    /// How a page becomes what a reader sees.
    #[serde(default)]
    pub dialect: Dialect,
    /// How pages of components are read.
    #[serde(default)]
    pub mdx: Mdx,
    /// The kinds of files.
    #[serde(default)]
    pub files: BTreeMap<String, FileForm>,
    /// The values that captures may have.
    #[serde(default, rename = "where")]
    pub limits: Limits,
    /// The conventions of guides whose data is in other hands.
    pub conventions: Option<Box<Profile>>,
    /// Which files make a connector.
    #[serde(default)]
    pub connector: ConnectorForm,
    /// The conventions of pages.
    #[serde(default)]
    pub page: PageForm,
    /// The conventions of the pages of a kind, which replace `page`.
    #[serde(default)]
    pub pages: BTreeMap<String, PageForm>,
    /// What the values in data and in front matter are for, by the kind of the file.
    #[serde(default)]
    pub roles: BTreeMap<String, BTreeMap<String, Role>>,
    /// How callback URLs are spelled.
    #[serde(default)]
    pub callback: CallbackForm,
    /// What page and data must agree on.
    #[serde(default)]
    pub agree: Vec<Agreement>,
    /// The schemas of data files that were read, by their kind.
    #[serde(skip)]
    pub(super) schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileForm {
    /// Its path with captures: `{collection}/{folder}/readme.md`.
    pub glob: Option<String>,
    /// The path of one file.
    pub file: Option<String>,
    /// The page that a URL in data names.
    pub at_url_of: Option<UrlOf>,
    pub read: ReadAs,
    /// The JSON Schema of the data: a path from the folder of the pack.
    pub schema: Option<String>,
    /// Whether upper and lower case in its path do not matter.
    #[serde(default)]
    pub ignore_case: bool,
    /// The entries of a file of many connectors, as a pointer: `/*`.
    pub each: Option<String>,
    /// The key by which an entry takes over what another one has.
    pub inherits: Option<String>,
    /// The kind of file with many connectors whose entries have the same keys.
    pub same_key_as: Option<String>,
    /// How a page finds its entry in data.
    #[serde(rename = "match")]
    pub matches: Option<MatchForm>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadAs {
    Page,
    Yaml,
    Json,
    Toml,
}

/// A page that a URL in data names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlOf {
    /// The kind of the data.
    pub file: String,
    /// Where in an entry the URL is.
    pub pointer: String,
    /// What the URLs begin with.
    pub base: String,
    /// The folder of the pages.
    #[serde(default)]
    pub folder: String,
    /// The endings of their files.
    #[serde(default)]
    pub endings: Vec<String>,
}

/// How a page finds its entry in data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchForm {
    /// The key of the front matter.
    pub front_matter: String,
    /// The kinds of the data.
    pub data: OneOrMore,
    /// Where in an entry the same value is.
    pub pointer: String,
}

/// Which files make a connector.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConnectorForm {
    /// The captures that files of one connector share.
    pub key: Vec<String>,
    /// The kinds of files that each connector has.
    pub files: Vec<String>,
}

impl FileForm {
    /// The pattern of its paths, where it has one.
    pub fn pattern(&self, limits: &Limits) -> Option<Pattern> {
        let written = self.glob.as_ref().or(self.file.as_ref())?;
        Pattern::new(written, self.ignore_case, limits).ok()
    }

    pub fn is_page(&self) -> bool {
        self.read == ReadAs::Page
    }
}
