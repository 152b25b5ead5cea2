//! What values in data are for.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use crate::contract::AuthKind;
use crate::pack::globs::Limits;

/// What a value in data is for, and what is asked of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Role {
    /// Its pointers; `*` stands for every key and item.
    pub at: OneOrMore,
    /// Where beside it the name is that its readers see, and then other names of it.
    pub label: Option<OneOrMore>,
    /// Whether a page names it only by its whole label, not by its key or the label up to a parenthesis.
    #[serde(default)]
    pub whole_label: bool,
    /// Where beside it its key is, where an item of a list has one.
    pub key: Option<String>,
    /// Where beside it the text is that demands and `values` look at; else it is its own.
    pub value: Option<String>,
    /// What is between values in one text.
    pub separator: Option<String>,
    /// Values beside it that it must have to count.
    #[serde(default, rename = "where")]
    pub only: Limits,
    /// Values beside it with which it does not count; without any, those whose presence alone says so.
    #[serde(default)]
    pub unless: Limits,
    /// The keys under which it counts; they say what kind of value it is, so no page names it by them.
    #[serde(default)]
    pub where_key: Vec<String>,
    /// A regular expression of the keys under which it counts.
    pub key_pattern: Option<Matcher>,
    /// The kind of authentication that a value means.
    #[serde(default)]
    pub values: BTreeMap<String, AuthKind>,
    /// The kind of authentication that a key means, with any value.
    #[serde(default)]
    pub keys: BTreeMap<String, AuthKind>,
    /// The kind of authentication where there is no value.
    #[serde(rename = "else")]
    pub otherwise: Option<AuthKind>,
    /// Values beside it with which readers may leave it out.
    #[serde(default)]
    pub optional_where: Limits,
    /// Values beside it with which it is a secret.
    #[serde(default)]
    pub secret_where: Limits,
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
    pub longest: Option<usize>,
    /// The fewest characters.
    pub shortest: Option<usize>,
    /// A regular expression that all of it matches.
    pub pattern: Option<Matcher>,
    /// Whether it is the name of a host: the last part of it does not count as a word.
    #[serde(default)]
    pub host: bool,
    #[serde(default)]
    pub secret: bool,
}

/// A regular expression that a whole text matches.
#[derive(Debug)]
pub struct Matcher {
    written: String,
    whole: Regex,
}

impl Matcher {
    /// Whether all of a text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }

    /// The expression as the pack has it.
    pub fn written(&self) -> &str {
        &self.written
    }
}

impl<'de> Deserialize<'de> for Matcher {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let written = String::deserialize(reader)?;
        let whole = Regex::new(&format!("^(?:{written})$"));
        let whole = whole.map_err(|_| serde::de::Error::custom("invalid regular expression"))?;
        Ok(Self { written, whole })
    }
}

/// A string, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}
