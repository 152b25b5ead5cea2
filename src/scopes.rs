//! Scope catalogs: which OAuth scopes a vendor knows, what its console calls them, and what they
//! include.
//!
//! The built-in catalogs are data in `schemas/scopes/`; each is parsed when it is first asked for.
//! Which catalog is meant by a guide or a configuration, and how sure that is, is left to rules.

use std::collections::BTreeMap;

mod builtin;
mod catalogue;
mod patterns;
mod slip;

pub use catalogue::{Catalogue, Delimiter, Scope};

/// The catalogs of a run: the built-in ones, and those that a user adds or replaces.
#[derive(Debug, Default)]
pub struct Catalogues {
    added: Vec<Catalogue>,
}

impl Catalogues {
    /// Only the built-in catalogs.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The built-in catalogs and `added`; an added one replaces a built-in one of its vendor.
    pub fn with(added: Vec<Catalogue>) -> Self {
        Self { added }
    }

    /// The identifiers of all catalogs, sorted.
    pub fn ids(&self) -> Vec<&str> {
        let builtin = builtin::FILES.iter().map(|(id, _)| *id);
        let mut ids: Vec<&str> = builtin.chain(self.added.iter().map(|catalogue| catalogue.vendor.as_str())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The catalog of a vendor: `pipedrive`.
    pub fn get(&self, id: &str) -> Option<&Catalogue> {
        self.added(id).or_else(|| builtin::get(id))
    }

    fn added(&self, id: &str) -> Option<&Catalogue> {
        self.added.iter().find(|catalogue| catalogue.vendor == id)
    }

    /// The catalogs that serve a connector, by its name or permalink: those that `assigned` lists for
    /// it, otherwise the one of the vendor in its name.
    pub fn of_connector(&self, assigned: &BTreeMap<String, Vec<String>>, connector: &str) -> Vec<&Catalogue> {
        match assigned.get(connector) {
            Some(ids) => ids.iter().filter_map(|id| self.get(id)).collect(),
            None => self.named_like(connector).into_iter().collect(),
        }
    }

    /// The catalog of the vendor that a connector is named after: `pipedrive-oauth-connector` is
    /// Pipedrive's.
    ///
    /// `None` unless the vendor's identifier and words that say nothing (`connector`, `oauth2`) are
    /// all there is: `dropbox-sign-connector` is another product than Dropbox.
    fn named_like(&self, connector: &str) -> Option<&Catalogue> {
        let lower = connector.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let vendor_words = words.iter().position(|word| is_generic(word)).unwrap_or(words.len());
        let rest = &words[vendor_words..];
        if !rest.iter().all(|word| is_generic(word)) {
            return None;
        }
        self.get(&words[..vendor_words].join("-"))
    }

    /// The catalog of the only vendor that lists the scope `name`; of several that one vendor has, the
    /// smallest, which is the most specific. `None` for what several vendors list, such as `openid`.
    pub fn owner(&self, name: &str) -> Option<&Catalogue> {
        let builtin = builtin::listing(name).into_iter().filter(|id| self.added(id).is_none());
        let mut listing: Vec<&Catalogue> = self.added.iter().chain(builtin.filter_map(|id| self.get(id))).collect();
        listing.retain(|catalogue| catalogue.lookup(name).is_some());
        let smallest = listing.iter().copied().min_by_key(|catalogue| catalogue.scopes.len())?;
        listing.iter().all(|catalogue| catalogue.is_of_same_vendor(smallest)).then_some(smallest)
    }
}

/// The outdated scope that `name` is in these catalogs, unless one of them knows it as a current one.
pub fn outdated<'a>(catalogues: &[&'a Catalogue], name: &str) -> Option<&'a Scope> {
    let mut listed = catalogues.iter().filter_map(|catalogue| catalogue.lookup(name));
    let first = listed.next()?;
    (first.deprecated && listed.all(|scope| scope.deprecated)).then_some(first)
}

/// What to call these catalogs together: `Zoom`, `Jira or Confluence`, or of more what their names
/// begin with, `Zoho`.
pub fn names_of(catalogues: &[&Catalogue]) -> String {
    let names: Vec<&str> = catalogues.iter().map(|catalogue| catalogue.name.as_str()).collect();
    let shared = || {
        let mut shared: Vec<&str> = names[0].split(' ').collect();
        for name in &names {
            let alike = shared.iter().zip(name.split(' ')).take_while(|(one, other)| **one == *other).count();
            shared.truncate(alike);
        }
        shared.join(" ")
    };
    match names.len() {
        0..=2 => names.join(" or "),
        _ => Some(shared()).filter(|shared| !shared.is_empty()).unwrap_or_else(|| names.join(", ")),
    }
}

/// Whether a word in a connector's name does not identify the vendor.
fn is_generic(word: &str) -> bool {
    let stem = word.trim_start_matches('v').trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(stem, "" | "connector" | "information" | "authentication" | "guide" | "oauth" | "api" | "rest")
}

/// Whether two names are one scope: the same, or one of them with the address of its resource in front.
pub fn is_same(one: &str, other: &str) -> bool {
    let behind_address = |full: &str, short: &str| {
        let last = full.strip_prefix("https://").and_then(|rest| rest.rsplit_once('/'));
        last.is_some_and(|(_, last)| !last.is_empty() && last == short)
    };
    one == other || behind_address(one, other) || behind_address(other, one)
}

/// The first character of `token` that RFC 6749, section 3.3 does not allow in a scope, and its
/// byte offset: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
pub fn invalid_character(token: &str) -> Option<(usize, char)> {
    let allowed = |c: char| matches!(c, '\x21' | '\x23'..='\x5b' | '\x5d'..='\x7e');
    token.char_indices().find(|(_, c)| !allowed(*c))
}

/// The words of a text between commas and white space, with their offsets.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
