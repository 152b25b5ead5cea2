//! The form of a pack: one type for each part of its file.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::globs::{Limits, Pattern};
use crate::contract::AuthKind;
use crate::dialect::Dialect;
use crate::nearest;
use crate::source::Span;
use crate::tree::{Node, Problem, ProblemKind};

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
    /// The kinds of files.
    #[serde(default)]
    pub files: BTreeMap<String, FileForm>,
    /// The values that captures may have.
    #[serde(default, rename = "where")]
    pub limits: Limits,
    /// Which files make a connector.
    #[serde(default)]
    pub connector: ConnectorForm,
    /// The conventions of pages.
    #[serde(default)]
    pub page: PageForm,
    /// What the values in data are for, by the kind of the file.
    #[serde(default)]
    pub roles: BTreeMap<String, BTreeMap<String, Role>>,
    /// How callback URLs are spelled.
    #[serde(default)]
    pub callback: CallbackForm,
    /// What page and data must agree on.
    #[serde(default)]
    pub agree: Vec<Agreement>,
}

/// A kind of file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileForm {
    /// Its path with captures: `{collection}/{folder}/readme.md`.
    #[serde(default)]
    pub glob: Option<String>,
    /// The path of one file.
    #[serde(default)]
    pub file: Option<String>,
    /// The page that a URL in data names.
    #[serde(default)]
    pub at_url_of: Option<UrlOf>,
    /// How it is read.
    pub read: ReadAs,
    /// Whether upper and lower case in its path do not matter.
    #[serde(default)]
    pub ignore_case: bool,
    /// The entries of a file of many connectors, as a pointer: `/*`.
    #[serde(default)]
    pub each: Option<String>,
    /// The key by which an entry takes over what another one has.
    #[serde(default)]
    pub inherits: Option<String>,
    /// How a page finds its entry in data.
    #[serde(default, rename = "match")]
    pub matches: Option<MatchForm>,
}

/// How a file is read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadAs {
    /// As a page.
    #[default]
    Page,
    /// As YAML.
    Yaml,
    /// As JSON.
    Json,
}

/// A page that a URL in data names.
#[derive(Debug, Default, Deserialize)]
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
#[derive(Debug, Default, Deserialize)]
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
#[serde(deny_unknown_fields)]
pub struct ConnectorForm {
    /// The captures that files of one connector share.
    #[serde(default)]
    pub key: Vec<String>,
    /// The kinds of files that each connector has.
    #[serde(default)]
    pub files: Vec<String>,
}

/// The conventions of pages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageForm {
    /// Liquid tags that plugins of the site define.
    #[serde(default)]
    pub liquid_tags: Vec<String>,
    /// Keys of the front matter that every page needs.
    #[serde(default)]
    pub required: Vec<String>,
    /// Where the title is.
    #[serde(default)]
    pub title: Option<TitleForm>,
    /// The sections in order.
    #[serde(default)]
    pub sections: Vec<SectionForm>,
    /// Text of the template that authors replace.
    #[serde(default)]
    pub leftovers: Leftovers,
    /// The phrases by which a page names a kind of authentication.
    #[serde(default)]
    pub auth: BTreeMap<AuthKind, Vec<String>>,
}

/// Where the title of a page is.
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
#[serde(deny_unknown_fields)]
pub struct Leftovers {
    /// Anywhere.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// As a whole heading.
    #[serde(default)]
    pub headings: Vec<String>,
}

/// A section of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct SectionForm {
    /// By which agreements name it.
    #[serde(default)]
    pub key: String,
    /// Its heading; `{fact}` at its end captures a fact.
    pub name: String,
    /// The level of its heading.
    #[serde(default)]
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
    /// Whether its heading says all.
    #[serde(default)]
    pub heading_only: bool,
    /// Headings in it that only group others.
    #[serde(default)]
    pub groups: Vec<String>,
}

impl SectionForm {
    /// The name before its captured fact, and the fact.
    pub fn captured(&self) -> Option<(&str, &str)> {
        let (before, fact) = self.name.split_once('{')?;
        Some((before.trim_end(), fact.trim_end_matches('}')))
    }

    /// The name as a reader says it.
    pub fn spoken(&self) -> &str {
        self.captured().map_or(self.name.as_str(), |(before, _)| before.trim_end_matches(':'))
    }
}

/// What a value in data is for, and what is asked of it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its pointers; `*` stands for every key and item.
    pub at: OneOrMore,
    /// Where beside it the name is that its readers see.
    #[serde(default)]
    pub label: Option<String>,
    /// Values beside it that it must have to count.
    #[serde(default, rename = "where")]
    pub only: Limits,
    /// Values beside it with which it does not count; without any, those whose presence alone says so.
    #[serde(default)]
    pub unless: Limits,
    /// The keys under which it counts.
    #[serde(default)]
    pub where_key: Vec<String>,
    /// A regular expression of the keys under which it counts.
    #[serde(default)]
    pub key_pattern: Option<Matcher>,
    /// The kind of authentication that a value means.
    #[serde(default)]
    pub values: BTreeMap<String, AuthKind>,
    /// Whether it must be there.
    #[serde(default)]
    pub required: bool,
    /// The values that it may have.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// The values that it may have in some connectors, by a value of a capture.
    #[serde(default)]
    pub one_of_in: Limits,
    /// The values that it may not have.
    #[serde(default)]
    pub none_of: Vec<String>,
    /// Values that were right.
    #[serde(default)]
    pub former: Vec<String>,
    /// Words that it may not have.
    #[serde(default)]
    pub none_of_words: Vec<String>,
    /// Values that must all occur.
    #[serde(default)]
    pub each_of: Vec<String>,
    /// The most characters.
    #[serde(default)]
    pub longest: Option<usize>,
    /// The fewest characters.
    #[serde(default)]
    pub shortest: Option<usize>,
    /// A regular expression that all of it matches.
    #[serde(default)]
    pub pattern: Option<Matcher>,
    /// Whether it is the name of a host: the last part of it does not count as a word.
    #[serde(default)]
    pub host: bool,
    /// Whether its value is a secret.
    #[serde(default)]
    pub secret: bool,
}

/// A regular expression.
#[derive(Debug)]
pub struct Matcher(pub Regex);

impl<'de> Deserialize<'de> for Matcher {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let text = String::deserialize(reader)?;
        let whole = format!("^(?:{text})$");
        Regex::new(&whole).map(Self).map_err(|_| serde::de::Error::custom("not a regular expression"))
    }
}

/// A string, or several.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// None.
    #[default]
    None,
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    /// The strings.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// How callback URLs are spelled.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackForm {
    /// Right spellings; `{connector}` stands for a part of an address.
    #[serde(default)]
    pub now: Vec<String>,
    /// Spellings that were right.
    #[serde(default)]
    pub former: Vec<String>,
}

/// What page and data must agree on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The role of the data, or what a heading of the page captures.
    pub fact: String,
    /// The kind of the data.
    pub data: String,
    /// The kind of the page, where there are several.
    #[serde(default)]
    pub page: Option<String>,
    /// How they agree.
    pub how: Verb,
    /// The section of the page that lists the facts.
    #[serde(default)]
    pub section: Option<String>,
    /// Words that do not count.
    #[serde(default)]
    pub without: Vec<String>,
    /// The kinds of authentication with which it must agree.
    #[serde(default)]
    pub when: BTreeMap<String, Vec<AuthKind>>,
    /// The connectors in which it must agree.
    #[serde(default, rename = "where")]
    pub limits: Limits,
}

/// How page and data agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// They have one value.
    Equal,
    /// The page names each fact of the data.
    NamedOnPage,
    /// The data has each fact of the page.
    KnownToData,
    /// What the data points to is on the page.
    AnchorOnPage,
    /// The page has a text.
    OnPage,
    /// The page does not name only other kinds of authentication.
    NotContradicted,
}

impl FileForm {
    /// The pattern of its paths, where it has one.
    pub fn pattern(&self, limits: &Limits) -> Option<Pattern> {
        let written = self.glob.as_ref().or(self.file.as_ref())?;
        Pattern::new(written, self.ignore_case, limits)
    }

    /// Whether it is a page.
    pub fn is_page(&self) -> bool {
        self.read == ReadAs::Page
    }
}

impl Pack {
    /// The pack, if the names in it are those of its parts.
    pub(super) fn validated(self, node: &Node) -> Result<Self, Problem> {
        let kinds: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let unknown = |name: &str, span: Span| {
            let near = nearest::suggestion(name, &kinds).map(|near| format!("did you mean `{near}`?"));
            let help = near.or_else(|| Some(format!("`files` has {}", kinds.join(", "))));
            let message = format!("unknown kind of file `{name}`");
            Problem { kind: ProblemKind::Value, span, message, help, related: None }
        };
        for entry in node.get("roles").map(Node::entries).unwrap_or_default() {
            if !kinds.contains(&entry.key.as_str()) {
                return Err(unknown(&entry.key, entry.key_span));
            }
        }
        let agreements = node.get("agree").map(Node::items).unwrap_or_default();
        for data in agreements.iter().filter_map(|item| item.get("data")) {
            if let Some(name) = data.as_str().filter(|name| !kinds.contains(name)) {
                return Err(unknown(name, data.span));
            }
        }
        Ok(self)
    }
}
