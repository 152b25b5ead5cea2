//! A vendor's conventions as data: front matter, sections, the values table, callback URLs, fields, words.
//!
//! A profile has no expressions and no inheritance; what it cannot say becomes a rule. The form of a
//! profile is published as `schemas/profile.schema.json`.

mod phrases;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use crate::contract::{AuthKind, Level};
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, Problem, deserialize, yaml};

pub use phrases::{Phrases, fold};

/// The built-in profile.
const BUILTIN: &str = include_str!("../schemas/cyclr/profile.yaml");

/// The kinds of guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuideKind {
    /// Tells how to set up a connector: the source of its contract.
    Setup,
    /// Tells more about a connector.
    Information,
}

/// A vendor's conventions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Lookups made from the rest when a profile is read.
    #[serde(skip)]
    index: Index,
    /// The vendor's name.
    pub name: String,
    /// What the pages' front matter must say.
    pub front_matter: FrontMatter,
    /// The two kinds of guide.
    pub guides: Guides,
    /// The markup that pages are made of.
    pub page: PageMarkup,
    /// The sections of a guide.
    pub sections: Sections,
    /// How guides ask for values.
    pub values: Values,
    /// The names of values that guides ask for.
    pub fields: Vec<FieldName>,
    /// Words in a name that tell that its value must not be shown.
    pub secret_words: Vec<String>,
    /// How guides tell the kind of authentication.
    pub auth: Auth,
    /// How callback URLs are written.
    pub callback: Callback,
    /// How guides speak of scopes.
    pub scopes: ScopeWords,
    /// The scope catalogues of connectors, by the permalink of their guide.
    pub catalogues: BTreeMap<String, Vec<String>>,
}

/// What the pages' front matter must say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// Keys that every guide needs.
    pub required: Vec<String>,
    /// The values that a key may have.
    pub values: BTreeMap<String, Vec<String>>,
    /// Keys that are true or false.
    pub booleans: Vec<String>,
    /// The key that says that the counterpart page exists.
    pub linked: String,
}

/// The two kinds of guide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guides {
    /// Guides that tell how to set up a connector.
    pub setup: GuideForm,
    /// Guides that tell more about a connector.
    pub information: GuideForm,
    /// What a title may end in without belonging to the connector's name.
    pub title_words: Vec<String>,
}

/// How guides of one kind are told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideForm {
    /// The tag in their front matter.
    pub tag: String,
    /// Globs of their paths.
    pub paths: Vec<String>,
    /// What their permalinks end in.
    pub suffix: String,
    /// Their titles, with `{connector}` for the connector's name.
    pub titles: Vec<String>,
}

/// The markup that pages are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageMarkup {
    /// The line that must stand before the first card.
    pub options: String,
    /// The element that holds a section.
    pub card: Card,
}

/// The element that holds a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name.
    pub element: String,
    /// Its class.
    pub class: String,
}

/// The names of sections.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sections {
    /// What to do in the application.
    pub application: Vec<String>,
    /// What the partner does on the platform.
    pub platform: Vec<String>,
    /// What is asked when the connector is installed into an account.
    pub account: Vec<String>,
    /// Other names of platform sections.
    pub platform_variants: Vec<String>,
    /// Other names of account sections.
    pub account_variants: Vec<String>,
}

/// How guides ask for values.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    /// Headers of the first column of a values table.
    pub headers: Vec<String>,
    /// What announces values to be entered by the partner.
    pub announcements: Phrases,
    /// What announces values asked for at installation.
    pub account_announcements: Phrases,
    /// How a step begins that asks for what it names.
    pub steps: Vec<String>,
    /// What marks a value as optional.
    pub optional: Optional,
    /// Bold words with a colon that are no value.
    pub labels: Vec<String>,
}

/// What marks a value as optional.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optional {
    /// In the name.
    pub name: Vec<String>,
    /// In the description.
    pub description: Phrases,
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
    /// What it tells of the kind of authentication.
    #[serde(default)]
    pub auth: Option<Evidence>,
}

/// What a field tells of the kind of authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// OAuth 2.0.
    OAuth2,
    /// A user's name.
    User,
    /// A password.
    Password,
    /// A key or token.
    Key,
}

/// How guides tell the kind of authentication where their fields do not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Phrases in order of their weight: the first kind with a phrase in the text counts.
    pub phrases: Vec<AuthPhrases>,
}

/// Phrases that tell one kind of authentication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthPhrases {
    /// The kind.
    pub kind: AuthKind,
    /// The phrases.
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
    pub announcements: Phrases,
}

/// How guides speak of scopes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeWords {
    /// Words near which scopes are looked for.
    pub words: Phrases,
}

/// Lookups made from a profile.
#[derive(Debug, Default)]
struct Index {
    /// Fields by their folded names and variants.
    fields: BTreeMap<String, usize>,
    setup_paths: GlobSet,
    information_paths: GlobSet,
    field_names: OnceLock<Phrases>,
}

impl Profile {
    /// The built-in profile.
    ///
    /// # Panics
    /// Never: that it can be read is tested.
    pub fn builtin() -> Self {
        let source = SourceFile::new(FileId::default(), "profile.yaml", BUILTIN);
        let documents = yaml::parse(&source, 0..BUILTIN.len()).documents;
        let profile = documents.first().map(Self::from_node).transpose();
        // The profile is compiled in, and tests/profile.rs reads it.
        profile.ok().flatten().expect("the built-in profile is valid")
    }

    /// A profile from the tree of its file.
    ///
    /// # Errors
    /// The first thing in it that does not fit, with its place.
    pub fn from_node(node: &Node) -> Result<Self, Problem> {
        let mut profile: Self = deserialize(node)?;
        for (index, field) in profile.fields.iter().enumerate() {
            for name in std::iter::once(&field.name).chain(&field.variants) {
                profile.index.fields.entry(fold(name)).or_insert(index);
            }
        }
        profile.index.setup_paths = globs(&profile.guides.setup.paths);
        profile.index.information_paths = globs(&profile.guides.information.paths);
        Ok(profile)
    }

    /// Which kind of guide a page with these tags at this path is.
    pub fn guide_kind(&self, tags: &[&str], path: &str) -> Option<GuideKind> {
        let tagged = |form: &GuideForm| tags.iter().any(|tag| tag.eq_ignore_ascii_case(&form.tag));
        if tagged(&self.guides.setup) || self.index.setup_paths.is_match(path) {
            Some(GuideKind::Setup)
        } else if tagged(&self.guides.information) || self.index.information_paths.is_match(path) {
            Some(GuideKind::Information)
        } else {
            None
        }
    }

    /// The connector's name in a guide's title.
    pub fn connector_of_title<'a>(&self, title: &'a str) -> &'a str {
        let mut name = title.trim();
        let mut words: Vec<&String> = self.guides.title_words.iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        while let Some(shorter) = words.iter().find_map(|word| {
            let at = name.len().checked_sub(word.len())?;
            let tail = name.get(at..)?;
            let head = name[..at].strip_suffix(' ')?;
            tail.eq_ignore_ascii_case(word).then_some(head.trim_end())
        }) {
            name = shorter;
        }
        name
    }

    /// The level that a section with this heading asks values for; `None` if it is no section of the platform.
    pub fn section_level(&self, heading: &str) -> Option<Level> {
        let heading = fold(heading);
        let is = |names: &[String]| names.iter().any(|name| fold(name) == heading);
        if is(&self.sections.account) || is(&self.sections.account_variants) {
            Some(Level::Account)
        } else if is(&self.sections.platform) || is(&self.sections.platform_variants) {
            Some(Level::Console)
        } else {
            None
        }
    }

    /// Whether a table whose first header is `header` lists values.
    pub fn is_values_header(&self, header: &str) -> bool {
        let header = fold(header);
        self.values.headers.iter().any(|known| fold(known) == header)
    }

    /// Whether a sentence announces values to enter, and at which level where it tells.
    pub fn announces_values(&self, text: &str) -> Option<Option<Level>> {
        let account = self.values.account_announcements.is_in(text);
        let any = account || self.values.announcements.is_in(text);
        any.then_some(account.then_some(Level::Account))
    }

    /// Whether a step asks for the values that it names.
    pub fn asks_in_step(&self, text: &str) -> bool {
        self.values.steps.iter().any(|start| text.starts_with(start.as_str()))
    }

    /// The vocabulary's entry for a name, however it is spelt.
    pub fn field(&self, name: &str) -> Option<&FieldName> {
        self.index.fields.get(&fold(name)).map(|index| &self.fields[*index])
    }

    /// Where names of the vocabulary stand in a text.
    pub fn field_names_in(&self, text: &str) -> Vec<Range<usize>> {
        let names = self.index.field_names.get_or_init(|| {
            let all = self.fields.iter().flat_map(|field| std::iter::once(&field.name).chain(&field.variants));
            Phrases::from(all.cloned().collect::<Vec<_>>())
        });
        names.find_in(text).map(|(_, range)| range).collect()
    }

    /// A field's name without the mark that it is optional, and whether there was one.
    pub fn without_optional_marker<'a>(&self, name: &'a str) -> (&'a str, bool) {
        let name = name.trim().trim_end_matches(':').trim();
        let marked = self.values.optional.name.iter().find_map(|marker| name.strip_suffix(marker.as_str()));
        (marked.unwrap_or(name).trim(), marked.is_some())
    }

    /// Whether a description begins by saying that the value is optional.
    pub fn is_described_as_optional(&self, description: &str) -> bool {
        self.values.optional.description.find_in(description).next().is_some_and(|(_, range)| range.start == 0)
    }

    /// Whether a name that the vocabulary lacks is that of a secret.
    pub fn sounds_secret(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.secret_words.iter().any(|word| name.contains(word.as_str()))
    }

    /// Whether a text has one of the words for scopes in it.
    pub fn speaks_of_scopes(&self, text: &str) -> bool {
        self.scopes.words.is_in(text)
    }

    /// The catalogues of the connector whose guide has this permalink.
    pub fn catalogues_of(&self, permalink: &str) -> &[String] {
        self.catalogues.get(permalink).map(Vec::as_slice).unwrap_or_default()
    }
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|pattern| Glob::new(pattern).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}
