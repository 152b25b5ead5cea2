//! Families of legal names of scopes.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// Regular expressions. They are compiled for the first name that a catalog does not list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Patterns {
    texts: Vec<String>,
    #[serde(skip)]
    compiled: OnceLock<Vec<Regex>>,
}

impl Patterns {
    pub(super) fn compile(&self, any_case: bool) -> Result<Vec<Regex>, regex::Error> {
        let compile = |text: &String| RegexBuilder::new(text).case_insensitive(any_case).build();
        self.texts.iter().map(compile).collect()
    }

    pub(super) fn is_match(&self, name: &str, any_case: bool) -> bool {
        let compile =
            || self.compile(any_case).expect("the tests compile those of built-in catalogues, others are checked");
        self.compiled.get_or_init(compile).iter().any(|pattern| pattern.is_match(name))
    }
}
