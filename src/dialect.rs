//! The dialects that pages are written in, and what is true of each.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How pages become what their readers see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Jekyll: Liquid, then kramdown.
    #[serde(alias = "jekyll-kramdown")]
    #[default]
    Kramdown,
    /// Jekyll with another processor than kramdown: Liquid, then CommonMark with GitHub's extensions.
    #[serde(skip)]
    CommonMark,
    /// GitHub Flavored Markdown, as GitHub shows it.
    Gfm,
    /// Markdown with components, as documentation sites show it: besides what a pack asks for, few rules hold.
    Mdx,
}

/// What is true of some dialects only, and what a rule or a fix may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Front matter says what is published where.
    FrontMatter,
    /// `{{ ... }}` and `{% ... %}` are executed before the page is read.
    Liquid,
    /// An attribute list `{: ...}` or an extension `{::...}` sets what it follows.
    AttributeLists,
    /// A list that goes on after something else starts to count at 1 again.
    ListsRestart,
    /// A table right after a line of text is text.
    TablesNeedBlankLine,
    /// An address that is alone is text, not a link.
    BareUrlsAreText,
    /// A tag that no browser knows is published, and hides what is in it.
    UnknownTagsVanish,
    /// A template around the page shows its title as the heading of level 1.
    TitleFromFrontMatter,
}

impl Dialect {
    /// The dialects that every rule knows.
    pub const ALL: [Self; 2] = [Self::Kramdown, Self::Gfm];

    /// The word in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kramdown => "kramdown",
            Self::CommonMark => "commonmark",
            Self::Gfm => "gfm",
            Self::Mdx => "mdx",
        }
    }

    /// Whether something is true of pages in this dialect.
    pub fn has(self, required: Trait) -> bool {
        match self {
            Self::Kramdown => true,
            Self::CommonMark => {
                use Trait::{FrontMatter, Liquid, TitleFromFrontMatter, UnknownTagsVanish};
                matches!(required, FrontMatter | Liquid | TitleFromFrontMatter | UnknownTagsVanish)
            }
            Self::Gfm => matches!(required, Trait::UnknownTagsVanish),
            Self::Mdx => false,
        }
    }
}

/// How pages of components are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mdx {
    /// What components are, by their names. The content of those that are not named is read as Markdown.
    pub components: BTreeMap<String, ComponentKind>,
    /// How the site makes the ids of headings.
    pub slugs: SlugStyle,
}

/// What a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComponentKind {
    /// Its content is Markdown.
    Blocks,
    /// Its content is Markdown under its title, which is a heading.
    Titled,
    /// Its content is not shown as text.
    Opaque,
}

/// How the ids of headings are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SlugStyle {
    /// As GitHub makes them: without punctuation, `-1` for the second of a name.
    #[default]
    Github,
    /// As Mintlify makes them (`@mintlify/common` 1.0): most marks stay, `-2` for the second of a name.
    Mintlify,
}
