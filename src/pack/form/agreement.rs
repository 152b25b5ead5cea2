//! What page and data must agree on.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::contract::AuthKind;
use crate::pack::globs::Limits;

use super::role::OneOrMore;

/// How callback URLs are spelled.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallbackForm {
    /// Right spellings; the name of a capture in braces stands for what the paths capture, another name for any text.
    pub now: Vec<String>,
    /// Spellings that were right.
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
    pub page: Option<String>,
    /// How they agree.
    pub how: Verb,
    /// The section of the page that lists the facts; of several, the first one that the page has.
    pub section: Option<OneOrMore>,
    /// The kinds of authentication that contradict data if a page names no other; without any, all of them.
    #[serde(default)]
    pub kinds: Vec<AuthKind>,
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
    OnPage,
    /// The page does not name only other kinds of authentication.
    NotContradicted,
}
