//! One vendor's catalogue: looking a scope up by name, label or likeness.

use std::collections::BTreeSet;

use regex::Regex;
use serde::Deserialize;

use crate::nearest;
use crate::tree::{Node, Problem, ProblemKind, deserialize};

/// What separates scopes in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// A space, as RFC 6749 has it.
    Space,
    /// A comma.
    Comma,
}

/// Where a vendor's scopes are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SetIn {
    /// On the application, in the vendor's console.
    Application,
    /// In the request that the client sends.
    Request,
}

/// How well the names are founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Authority {
    /// Each name was checked against the vendor's own material.
    Official,
    /// Only against others' material.
    Secondary,
}

/// A scope.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// As it is sent, case included.
    pub name: String,
    /// What the vendor's console calls it.
    pub label: Option<String>,
    /// The scopes of the same catalogue that it includes.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Whether it reaches as far as an administrator does.
    #[serde(default)]
    pub broad: bool,
}

/// The scopes of one vendor.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The identifier: `pipedrive`.
    pub vendor: String,
    /// The name shown to people.
    pub name: String,
    /// What separates scopes in one request.
    pub delimiter: Delimiter,
    /// Where scopes are chosen.
    pub set_in: SetIn,
    /// How well the names are founded.
    pub authority: Authority,
    /// The day the names were last compared with the sources, `2026-11-23`.
    pub checked: String,
    /// The addresses that the names come from, the vendor's documentation first.
    pub sources: Vec<String>,
    /// Whether the vendor has no scopes at all.
    pub none: bool,
    /// The scopes, sorted by name.
    pub scopes: Vec<Scope>,
    complete: bool,
    pub(super) prefix: Option<String>,
    patterns: Vec<Regex>,
}

/// A catalogue file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What the catalogue covers, for those who read the file.
    #[serde(default, rename = "about")]
    _about: String,
    vendor: String,
    name: String,
    delimiter: Delimiter,
    set_in: SetIn,
    authority: Authority,
    complete: bool,
    checked: String,
    sources: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    pub(super) prefix: Option<String>,
    #[serde(default)]
    none: bool,
    scopes: Vec<Scope>,
}

impl Catalogue {
    /// Reads a catalogue from the tree of its file.
    ///
    /// # Errors
    ///
    /// What does not fit the format, at its place.
    pub fn from_node(node: &Node) -> Result<Self, Problem> {
        let file: File = deserialize(node)?;
        Self::from_file(file).map_err(|error| Problem {
            kind: ProblemKind::Value,
            span: node.entry("patterns").map_or(node.span, |entry| entry.value.span),
            message: format!("not a regular expression: {error}"),
            help: None,
            related: None,
        })
    }

    /// Reads a built-in catalogue. Nobody wants to know where in it something does not fit, and a JSON
    /// parser without places is thirty times as fast as a YAML parser with them.
    ///
    /// # Errors
    ///
    /// What does not fit the format.
    pub(super) fn from_json(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Self::from_file(file).map_err(|error| error.to_string())
    }

    fn from_file(mut file: File) -> Result<Self, regex::Error> {
        let patterns = file.patterns.iter().map(|pattern| Regex::new(pattern)).collect::<Result<_, _>>()?;
        file.scopes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            vendor: file.vendor,
            name: file.name,
            delimiter: file.delimiter,
            set_in: file.set_in,
            authority: file.authority,
            checked: file.checked,
            sources: file.sources,
            none: file.none,
            scopes: file.scopes,
            complete: file.complete,
            prefix: file.prefix,
            patterns,
        })
    }

    /// Adds scopes that the catalogue does not list.
    pub fn add(&mut self, names: &[String]) {
        for name in names {
            if self.lookup(name).is_none() {
                let scope = Scope { name: name.clone(), label: None, implies: Vec::new(), broad: false };
                self.none = false;
                let place = self.scopes.partition_point(|other| other.name < scope.name);
                self.scopes.insert(place, scope);
            }
        }
    }

    /// Whether a scope that the catalogue does not know is certainly wrong.
    pub fn is_closed(&self) -> bool {
        self.none || (self.complete && self.authority == Authority::Official)
    }

    /// The scope that is listed under exactly this name.
    pub fn lookup(&self, name: &str) -> Option<&Scope> {
        let place = self.scopes.binary_search_by(|scope| scope.name.as_str().cmp(name)).ok()?;
        Some(&self.scopes[place])
    }

    /// Whether the vendor knows the scope: it is listed, or belongs to a family of legal names.
    pub fn knows(&self, name: &str) -> bool {
        self.lookup(name).is_some() || self.patterns.iter().any(|pattern| pattern.is_match(name))
    }

    /// The scope that the vendor's console calls `label`; case and spacing do not matter.
    pub fn by_label(&self, label: &str) -> Option<&Scope> {
        let wanted = folded(label);
        let has_label = |scope: &&Scope| scope.label.as_deref().is_some_and(|label| letters(label).eq(wanted.chars()));
        only(self.scopes.iter().filter(has_label))
    }

    /// The names of the scopes whose label is `part` behind what it is for: `Deals: Read only`.
    pub fn with_partial_label(&self, part: &str) -> Vec<&str> {
        let ends = |scope: &&Scope| {
            let label = scope.label.as_deref().unwrap_or_default();
            let end = label.len().checked_sub(part.len()).and_then(|at| label.get(at..));
            // Most labels end otherwise.
            end.is_some_and(|end| end.eq_ignore_ascii_case(part))
                && label.split_once(": ").is_some_and(|(_, end)| end.len() == part.len())
        };
        self.scopes.iter().filter(ends).map(|scope| scope.name.as_str()).collect()
    }

    /// The scopes that `name` includes, directly or through others; without itself.
    pub fn implied(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Scope> = self.lookup(name).into_iter().collect();
        while let Some(scope) = open.pop() {
            for implied in &scope.implies {
                if found.insert(implied.as_str()) {
                    open.extend(self.lookup(implied));
                }
            }
        }
        found.remove(name);
        found
    }

    /// The one scope that an unknown `name` can only mean: differing in case, without the prefix, with
    /// another separator, or by a slip of the pen. `None` where two fit.
    pub fn near_miss(&self, name: &str) -> Option<&str> {
        if let Some(scope) = self.prefix.as_ref().and_then(|prefix| self.lookup(&format!("{prefix}{name}"))) {
            return Some(&scope.name);
        }
        let names = || self.scopes.iter().map(|scope| scope.name.as_str());
        let wanted = folded(name);
        // A slip makes a name longer or shorter by one letter at most.
        let length = name.chars().count();
        let is_as_long = |other: &&str| other.chars().count().abs_diff(length) <= nearest::MOST_SLIPS;
        only(names().filter(|other| other.eq_ignore_ascii_case(name)))
            .or_else(|| only(names().filter(|other| letters(other).eq(wanted.chars()))))
            .or_else(|| nearest::certain(name, names().filter(is_as_long), str::to_lowercase))
    }
}

/// Lower case, without anything but letters and digits.
fn folded(text: &str) -> String {
    letters(text).collect()
}

/// The letters and digits of a text in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
