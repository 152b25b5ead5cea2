//! Families of legal names of scopes.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// Regular expressions. They are compiled for the first name that a catalog does not list.
#[derive(Debug, Clone)]
pub(super) struct Patterns {
    texts: Vec<String>,
    any_case: bool,
    compiled: OnceLock<Vec<Regex>>,
}

impl Patterns {
    pub(super) fn new(texts: Vec<String>, any_case: bool) -> Self {
        Self { texts, any_case, compiled: OnceLock::new() }
    }

    /// Whether all are regular expressions.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        self.compile().map(|_| ())
    }

    fn compile(&self) -> Result<Vec<Regex>, regex::Error> {
        let compile = |text: &String| RegexBuilder::new(text).case_insensitive(self.any_case).build();
        self.texts.iter().map(compile).collect()
    }

    pub(super) fn is_match(&self, name: &str) -> bool {
        let compile = || self.compile().expect("the tests compile those of built-in catalogues, others are checked");
        self.compiled.get_or_init(compile).iter().any(|pattern| pattern.is_match(name))
    }
}
