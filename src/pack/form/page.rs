//! The conventions of a pack's pages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

use crate::contract::AuthKind;
use crate::pack::globs::Limits;
use crate::pack::names::Names;
use crate::profile::Phrases;

/// The conventions of pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageForm {
    /// Liquid tags that plugins of the site define.
    pub liquid_tags: Vec<String>,
    /// Keys of the front matter that every page needs.
    pub required: Vec<String>,
    pub title: Option<TitleForm>,
    pub sections: Vec<SectionForm>,
    /// Text of the template that authors replace.
    pub leftovers: Leftovers,
    /// The phrases by which a page names a kind of authentication.
    pub auth: BTreeMap<AuthKind, Vec<String>>,
    /// The names of the sections, folded.
    #[serde(skip)]
    pub(in crate::pack) names: OnceLock<Vec<Names>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleForm {
    /// In which part of the page.
    pub from: TitleSource,
}

/// The part of a page that has its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleSource {
    /// The first heading, of level 1.
    Heading,
    /// The key `title` of the front matter.
    FrontMatter,
}

/// Text of the template that authors replace.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Leftovers {
    /// Anywhere.
    #[serde(default, deserialize_with = "with_apostrophes")]
    pub phrases: Phrases,
    /// As a whole heading.
    pub headings: Vec<String>,
}

impl Leftovers {
    /// Whether a heading is one of the template.
    pub fn is_heading(&self, text: &str) -> bool {
        let straight = |text: &str| text.trim().replace(['‘', '’'], "'");
        self.headings.iter().any(|known| straight(known).eq_ignore_ascii_case(&straight(text)))
    }
}

/// Phrases with straight apostrophes, and with those that editors make of them.
fn with_apostrophes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Phrases, D::Error> {
    let written = Vec::<String>::deserialize(deserializer)?;
    let curly: Vec<_> = written.iter().filter(|text| text.contains('\'')).map(|text| text.replace('\'', "’")).collect();
    Ok([written, curly].concat().into())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct SectionForm {
    /// The name by which agreements refer to it.
    #[serde(default)]
    pub key: String,
    /// Its heading; `{fact}` at its end captures a fact.
    pub name: String,
    pub level: Option<u8>,
    /// Other names that mean it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether a page may leave it out.
    #[serde(default)]
    pub optional: bool,
    /// Connectors that may leave it out.
    #[serde(default)]
    pub optional_in: Limits,
    /// Whether it may have no text besides its heading.
    #[serde(default)]
    pub heading_only: bool,
    /// Where it lists what agreements compare with data.
    #[serde(default)]
    pub items: ItemsFrom,
    /// Headings in it that only group others.
    #[serde(default)]
    pub groups: Vec<String>,
}

/// Where a section lists things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemsFrom {
    /// In the headings of the next level.
    #[default]
    Headings,
    /// In the items of its lists: the text before a colon, a dash, or a parenthesis.
    List,
    /// In the first column of its tables.
    Table,
}

impl SectionForm {
    /// The name before its captured fact, and the fact.
    pub fn captured(&self) -> Option<(&str, &str)> {
        let (before, fact) = self.name.split_once('{')?;
        Some((before.trim_end(), fact.trim_end_matches('}')))
    }

    /// The name as a reader says it.
    pub fn spoken(&self) -> &str {
        self.captured().map_or(self.name.as_str(), |(before, _)| before.trim_end_matches([':', '-', '–', '—', ' ']))
    }
}
