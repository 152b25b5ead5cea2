//! One vendor's catalog: looking a scope up by name, label or likeness.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::patterns::Patterns;
use crate::nearest;
use crate::tree::{Node, Problem, deserialize};

/// What separates scopes in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// A space, as RFC 6749 has it.
    Space,
    /// A comma.
    Comma,
    /// Nothing: one scope in each request.
    Single,
    /// Not documented by anyone.
    Unknown,
}

/// Where a vendor's scopes are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SetIn {
    /// On the application, in the vendor's console.
    Application,
    /// In the request that the client sends.
    Request,
    /// On the application, and again in the request.
    Both,
    /// Not documented by anyone.
    Unknown,
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

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// As it is sent, case included.
    pub name: String,
    /// What the vendor's console calls it.
    pub label: Option<String>,
    /// The scopes of the same catalog that it includes.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Whether it reaches as far as an administrator does.
    #[serde(default)]
    pub broad: bool,
    /// Whether it stands for everything that the application may do: `.default`.
    #[serde(default)]
    pub everything: bool,
    /// Whether the vendor has withdrawn it, or is about to.
    #[serde(default)]
    pub deprecated: bool,
    /// The scopes of the same catalog that replace: one, or several that share its rights.
    #[serde(default)]
    pub replaced_by: Vec<String>,
    /// Whether the name comes from others' material only, for those who read the file.
    #[serde(default, rename = "secondary")]
    _secondary: IgnoredAny,
}

impl Scope {
    /// What to write instead of an outdated scope.
    pub fn replacement_help(&self) -> String {
        let names: Vec<String> = self.replaced_by.iter().map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => "use a current scope".to_owned(),
            [name] => format!("replace with {name}"),
            [first @ .., last] => format!("replace with those needed of {} and {last}", first.join(", ")),
        }
    }
}

/// The scopes of one vendor: the file of a catalog, and what is read from it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the vendor")]
pub struct Catalogue {
    /// What the catalog covers, for those who read the file.
    #[serde(default, rename = "about")]
    _about: String,
    /// The identifier: `pipedrive`.
    pub vendor: String,
    /// The name shown to people.
    pub name: String,
    /// What separates scopes in one request.
    pub delimiter: Delimiter,
    /// Where scopes are chosen, for those who read the file.
    #[serde(rename = "set_in")]
    _set_in: SetIn,
    /// How well the names are founded.
    pub authority: Authority,
    complete: bool,
    /// The day the names were last compared with the sources, `2026-11-23`.
    pub checked: String,
    /// The addresses that the names come from, the vendor's documentation first.
    pub sources: Vec<String>,
    /// Whether only a part of the vendor's scopes could be read: a name that is missing here says nothing.
    #[serde(default)]
    pub partial: bool,
    #[serde(default)]
    any_case: bool,
    #[serde(default)]
    patterns: Patterns,
    /// Names that the patterns stand for, for those who read the file and for the tests.
    #[serde(default, rename = "examples")]
    _examples: Vec<String>,
    pub(super) prefix: Option<String>,
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    labels: Vec<String>,
    /// Whether the vendor has no scopes at all.
    #[serde(default)]
    pub none: bool,
    /// The scopes, sorted by name once the file is read.
    pub scopes: Vec<Scope>,
}

impl Catalogue {
    /// Reads a catalog from the tree of its file.
    ///
    /// # Errors
    ///
    /// What does not fit the format, at its place.
    pub fn from_node(node: &Node) -> Result<Self, Problem> {
        let catalogue: Self = deserialize(node)?;
        let compiled = catalogue.patterns.compile(catalogue.any_case).map(|_| catalogue.sorted());
        compiled.map_err(|error| {
            let span = node.entry("patterns").map_or(node.span, |entry| entry.value.span);
            Problem::value(span, format!("invalid regular expression: {error}"), None)
        })
    }

    /// Reads a built-in catalog. Positions are not needed, and a JSON
    /// parser without places is thirty times as fast as a YAML parser with them.
    ///
    /// # Errors
    ///
    /// What does not fit the format.
    pub(super) fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map(Self::sorted).map_err(|error| error.to_string())
    }

    fn sorted(mut self) -> Self {
        self.scopes.sort_by(|a, b| a.name.cmp(&b.name));
        self
    }

    /// Adds scopes that the catalog does not list.
    pub fn add(&mut self, names: &[String]) {
        for name in names {
            if self.lookup(name).is_none() {
                let scope = Scope { name: name.clone(), ..Scope::default() };
                self.none = false;
                let place = self.scopes.partition_point(|other| other.name < scope.name);
                self.scopes.insert(place, scope);
            }
        }
    }

    /// Whether a scope that the catalog does not know is certainly wrong.
    pub fn is_closed(&self) -> bool {
        self.complete && self.authority == Authority::Official
    }

    /// The scope that the vendor takes `name` for: the one that is listed so, or so but for the resource
    /// in front and, where the vendor does not look at it, the case.
    pub fn lookup(&self, name: &str) -> Option<&Scope> {
        self.listed(name).or_else(|| self.without_resource(name).and_then(|name| self.listed(name)))
    }

    /// The scope that `name` stands for, also where the prefix is left out that has to be sent.
    pub fn meant(&self, name: &str) -> Option<&Scope> {
        self.lookup(name).or_else(|| self.listed(&format!("{}{name}", self.prefix.as_deref()?)))
    }

    fn listed(&self, name: &str) -> Option<&Scope> {
        match self.scopes.binary_search_by(|scope| scope.name.as_str().cmp(name)) {
            Ok(place) => Some(&self.scopes[place]),
            Err(_) if self.any_case => self.scopes.iter().find(|scope| scope.name.eq_ignore_ascii_case(name)),
            Err(_) => None,
        }
    }

    /// What follows the resource that a full name begins with.
    fn without_resource<'a>(&self, name: &'a str) -> Option<&'a str> {
        self.resources.iter().find_map(|resource| after_resource(name, resource))
    }

    /// Whether both are catalogs of one vendor: their names or their scopes begin alike.
    pub(super) fn is_of_same_vendor(&self, other: &Self) -> bool {
        let first_word = |catalogue: &Self| catalogue.vendor.split('-').next().map(str::to_owned);
        first_word(self) == first_word(other) || (self.prefix.is_some() && self.prefix == other.prefix)
    }

    /// Whether the vendor knows the scope: it is listed, or belongs to a family of legal names.
    pub fn knows(&self, name: &str) -> bool {
        self.lookup(name).is_some() || self.patterns.is_match(name, self.any_case)
    }

    /// The scope that the vendor's console calls `label`; case and spacing do not matter.
    pub fn by_label(&self, label: &str) -> Option<&Scope> {
        let wanted = folded(label);
        let has_label = |scope: &&Scope| scope.label.as_deref().is_some_and(|label| letters(label).eq(wanted.chars()));
        only(self.scopes.iter().filter(has_label))
    }

    /// The names of the scopes whose label is `part` after what it is for: `Deals: Read only`.
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

    /// Whether the vendor's console has a label like this of which the scope is not known.
    pub fn has_unnamed_label(&self, label: &str) -> bool {
        let wanted = folded(label);
        self.labels.iter().any(|label| letters(label).eq(wanted.chars()))
    }

    /// Whether the scope `wide` is `narrow`, in whatever form either is written, or includes it.
    pub fn includes(&self, wide: &str, narrow: &str) -> bool {
        let (Some(wide), Some(narrow)) = (self.meant(wide), self.meant(narrow)) else { return false };
        wide.everything || wide.name == narrow.name || self.implied(&wide.name).contains(narrow.name.as_str())
    }

    /// The scopes that `name` includes, directly or through others; without itself.
    pub fn implied(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Scope> = self.meant(name).into_iter().collect();
        let itself = open.first().map(|scope| scope.name.as_str());
        while let Some(scope) = open.pop() {
            for implied in &scope.implies {
                if found.insert(implied.as_str()) {
                    open.extend(self.lookup(implied));
                }
            }
        }
        found.retain(|implied| Some(*implied) != itself);
        found
    }

    /// The one scope that an unknown `name` can only mean: differing in case, without the prefix, with
    /// another separator, or by a slip of the pen. `None` where two fit.
    pub fn near_miss(&self, name: &str) -> Option<&str> {
        if let Some(scope) = self.meant(name) {
            return Some(&scope.name);
        }
        let name = self.without_resource(name).unwrap_or(name);
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

/// What follows `resource` in `name`; a `*` in it stands for a part of the host.
fn after_resource<'a>(name: &'a str, resource: &str) -> Option<&'a str> {
    let Some((start, end)) = resource.split_once('*') else { return name.strip_prefix(resource) };
    let rest = name.strip_prefix(start)?;
    let (part, rest) = rest.split_once(end)?;
    let is_host =
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    is_host.then_some(rest)
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
