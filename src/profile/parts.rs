//! The parts of a profile, one type for each key of its file. What is looked up in them is in the
//! modules beside this one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Names, Phrases};

/// The documentation's own site.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentationSite {
    /// Its hosts: links to them are written without the host.
    pub hosts: Vec<String>,
}

/// What the pages' front matter must say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// Keys that every guide needs.
    pub required: Vec<String>,
    /// The values that a key may have.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// Keys that are true or false.
    #[serde(default)]
    pub booleans: Vec<String>,
    /// The key that says that the counterpart page exists.
    pub linked: Option<String>,
    /// The characters that a permalink is made of.
    #[serde(default = "unreserved")]
    pub permalink_characters: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guides {
    /// Guides that describe how to set up a connector.
    pub setup: GuideForm,
    /// Guides with further information about a connector.
    #[serde(default)]
    pub information: GuideForm,
    /// What a title may end in without belonging to the connector's name.
    #[serde(default)]
    pub title_words: Vec<String>,
    /// The text of a new setup guide, with `{connector}` and `{permalink}` in it.
    pub skeleton: Option<String>,
}

/// The form of guides of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideForm {
    /// The tag in their front matter, if tags identify the kind.
    pub tag: Option<String>,
    /// Globs of their paths.
    pub paths: Vec<String>,
    /// What their permalinks end in.
    pub suffix: String,
    /// Their titles, with `{connector}` for the connector's name.
    pub titles: Vec<String>,
}

impl Default for GuideForm {
    fn default() -> Self {
        Self { tag: None, paths: Vec::new(), suffix: absent(), titles: Vec::new() }
    }
}

fn unreserved() -> String {
    "abcdefghijklmnopqrstuvwxyz0123456789-".to_owned()
}

/// What permalinks of guides that a vendor does not have end in: no permalink does.
fn absent() -> String {
    "\0".to_owned()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageMarkup {
    /// The line that must be before the first card.
    pub options: Option<String>,
    /// The element that holds a section, on a site that has one.
    pub card: Option<Card>,
    /// Liquid tags that plugins of the site define, those of blocks without `end`.
    pub liquid_tags: Vec<String>,
}

/// The element that holds a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub element: String,
    pub class: String,
}

impl Steps {
    /// The button that saves the values, to be looked for.
    pub fn saving(&self) -> &Phrases {
        self.saving.get_or_init(|| Phrases::from(vec![self.save.clone()]))
    }
}

/// How a guide leads the reader to where values are entered.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// What such steps name.
    pub reach: Phrases,
    /// The button that saves the values; empty if the form has none.
    #[serde(default)]
    pub save: String,
    #[serde(skip)]
    saving: OnceLock<Phrases>,
    /// What steps of the earlier console said.
    #[serde(default)]
    pub legacy: Phrases,
    /// What says that the values are asked for elsewhere, when the connector is installed.
    #[serde(default)]
    pub installation: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// How a note begins, in Markdown.
    pub form: String,
    /// The words that notes begin with; the first is that of `form`.
    pub words: Vec<String>,
    /// Words that a note may begin with in the place of that of `form`.
    #[serde(default)]
    pub others: Vec<String>,
}

/// Words near a label of an interface.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// What is done to it, before it.
    pub actions: Vec<String>,
    /// What it is on, after it.
    pub parts: Vec<String>,
}

/// What is not to be said in links, and where many vendors are linked to.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Texts that do not say where a link leads.
    pub generic_texts: Names,
    /// Hosts that serve the pages of many vendors.
    #[serde(default)]
    pub shared_hosts: Vec<String>,
}

/// Texts that say nothing about what they stand for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenericTexts {
    pub generic_texts: Names,
}
