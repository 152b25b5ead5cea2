//! A vendor's conventions as data: front matter, sections, the values table, callback URLs, fields, words.
//!
//! A profile has no expressions and no inheritance; what it cannot say becomes a rule. What it leaves out, no
//! rule asks for. The form of a profile is published as `schemas/profile.schema.json`.

mod connector_phrases;
mod lookups;
mod names;
mod parts;
mod phrases;
mod promises;
mod sections;
mod terminology;
pub mod typos;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use globset::GlobSet;
use memchr::memmem::Finder;
use serde::Deserialize;

use crate::dialect::Dialect;
use crate::tree::{Node, Problem, deserialize};

pub use connector_phrases::ConnectorPhrases;
pub use names::{Names, fold, in_address, in_ascii, is_same};
pub use parts::{
    DocumentationSite, FrontMatter, GenericTexts, GuideForm, Guides, Interface, Links, Notes, PageMarkup, Steps,
};
pub use phrases::{Phrases, Places};
pub use promises::{Auth, Callback, Evidence, FieldName, ScopeWords, Values};
pub use sections::{SectionRole, Sections};
pub(crate) use terminology::stands_alone;
pub use terminology::{Spellings, Term, TermFound};

/// The built-in profile: `conventions.yaml` beside it as JSON. Its positions are not needed, and JSON is read in a
/// tenth of the time.
const BUILTIN: &str = include_str!("../schemas/cyclr/conventions.json");

/// A profile that leaves out what it may.
const NEUTRAL: &str = include_str!("../schemas/neutral-profile.json");

/// The kinds of guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuideKind {
    /// Shows how to set up a connector: the source of its contract.
    Setup,
    /// Shows more about a connector.
    Information,
}

impl GuideKind {
    /// The other kind.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Setup => Self::Information,
            Self::Information => Self::Setup,
        }
    }
}

/// A vendor's conventions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Lookups made from the rest when a profile is read.
    #[serde(skip)]
    index: Index,
    /// Whether this is the built-in one, to whose vendor the built-in contracts belong.
    #[serde(skip)]
    is_builtin: bool,
    /// The vendor's name.
    pub name: String,
    /// The dialect of its pages, which the pack says.
    #[serde(skip)]
    pub dialect: Dialect,
    /// The documentation's own site.
    #[serde(default)]
    pub site: DocumentationSite,
    /// What the pages' front matter must say.
    pub front_matter: FrontMatter,
    /// The kinds of guide.
    pub guides: Guides,
    /// The markup that pages are made of.
    #[serde(default)]
    pub page: PageMarkup,
    /// The sections of a guide.
    pub sections: Sections,
    /// How guides lead to where values are entered.
    #[serde(default)]
    pub steps: Steps,
    /// How guides ask for values.
    pub values: Values,
    /// The names of values that guides ask for.
    pub fields: Vec<FieldName>,
    /// Phrases that identify the kind of authentication.
    pub auth: Auth,
    /// How callback URLs are written.
    pub callback: Callback,
    /// How guides speak of scopes.
    pub scopes: ScopeWords,
    /// How notes are written.
    #[serde(default)]
    pub notes: Notes,
    /// Menus and pages of the console, as steps name them.
    #[serde(default)]
    pub console_pages: Vec<String>,
    /// Buttons and icons of the console.
    #[serde(default)]
    pub console_buttons: Vec<String>,
    /// Words near a label of an interface.
    #[serde(default)]
    pub interface: Interface,
    /// Phrases that hold the connector's own name.
    #[serde(default)]
    pub connector_phrases: ConnectorPhrases,
    /// Words after a connector's name that distinguish the name from a common word.
    #[serde(default)]
    pub product_words: Vec<String>,
    /// Product names with one right spelling.
    #[serde(default)]
    pub product_names: Phrases,
    /// Words with a better one.
    #[serde(default)]
    pub terminology: Vec<Term>,
    /// Words with two right spellings, of which a guide uses one.
    #[serde(default)]
    pub spellings: Spellings,
    /// Link texts that do not say where a link leads, and hosts of many vendors.
    #[serde(default)]
    pub links: Links,
    /// Texts that do not say what an image shows.
    #[serde(default)]
    pub images: GenericTexts,
    /// Text of the page template that authors replace.
    #[serde(default)]
    pub leftovers: Phrases,
    /// Values that the documentation prints as examples of secrets.
    #[serde(default)]
    pub sample_secrets: Vec<String>,
    /// The scope catalogs of connectors, by the permalink of their guide.
    #[serde(default)]
    pub catalogues: BTreeMap<String, Vec<String>>,
}

/// Lookups made from a profile, each when it is first needed.
#[derive(Debug, Default)]
struct Index {
    /// Fields by their names and variants.
    fields: OnceLock<HashMap<String, usize>>,
    /// The paths of the guides of each kind.
    paths: OnceLock<[(GuideKind, GlobSet); 2]>,
    terms: OnceLock<terminology::TermMatcher>,
    callback_path: OnceLock<Finder<'static>>,
    /// The placeholders of callback URLs, by their letters and digits.
    placeholders: OnceLock<Vec<String>>,
}

impl Profile {
    /// The built-in profile.
    ///
    /// # Panics
    /// Never: that it can be read is tested.
    pub fn builtin() -> Self {
        // The profile is compiled in, and tests/it/profile.rs reads it.
        let profile: Self = serde_json::from_str(BUILTIN).expect("the built-in profile is valid");
        Self { is_builtin: true, ..profile }
    }

    /// A profile without any conventions: no rule asks for any.
    ///
    /// # Panics
    /// Never: that it can be read is tested.
    pub fn neutral() -> Self {
        serde_json::from_str(NEUTRAL).expect("the neutral profile is valid")
    }

    /// Whether this is the built-in profile, to whose vendor the built-in contracts belong.
    pub fn is_builtin(&self) -> bool {
        self.is_builtin
    }

    /// A profile from the tree of its file.
    ///
    /// # Errors
    /// The first thing in it that does not fit, with its place.
    pub fn from_node(node: &Node) -> Result<Self, Problem> {
        deserialize(node)
    }
}
