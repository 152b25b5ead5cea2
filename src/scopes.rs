//! Scope catalogues: which OAuth scopes a vendor knows, what its console calls them, and what they
//! include.
//!
//! The built-in catalogues are data in `schemas/scopes/`; each is parsed when it is first asked for.
//! Which catalogue is meant by a guide or a configuration, and how sure that is, is left to rules.

mod builtin;
mod catalogue;
mod slip;

pub use catalogue::{Authority, Catalogue, Delimiter, Scope, SetIn};

/// The catalogues of a run: the built-in ones, and those that a user adds or puts in their place.
#[derive(Debug, Default)]
pub struct Catalogues {
    added: Vec<Catalogue>,
}

impl Catalogues {
    /// Only the built-in catalogues.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The built-in catalogues and `added`; an added one replaces a built-in one of its vendor.
    pub fn with(added: Vec<Catalogue>) -> Self {
        Self { added }
    }

    /// The identifiers of all catalogues, sorted.
    pub fn ids(&self) -> Vec<&str> {
        let builtin = builtin::FILES.iter().map(|(id, _)| *id);
        let mut ids: Vec<&str> = builtin.chain(self.added.iter().map(|catalogue| catalogue.vendor.as_str())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The catalogue of a vendor: `pipedrive`.
    pub fn get(&self, id: &str) -> Option<&Catalogue> {
        self.added.iter().find(|catalogue| catalogue.vendor == id).or_else(|| builtin_catalogue(id))
    }

    /// The catalogue for a connector, by its name or permalink: `pipedrive-oauth-connector` is
    /// Pipedrive's.
    ///
    /// `None` unless the vendor's identifier and words that say nothing (`connector`, `oauth2`) are
    /// all there is: `dropbox-sign-connector` is another product than Dropbox.
    pub fn for_connector(&self, connector: &str) -> Option<&Catalogue> {
        let lower = connector.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let vendor_words = words.iter().position(|word| is_generic(word)).unwrap_or(words.len());
        let rest = &words[vendor_words..];
        if !rest.iter().all(|word| is_generic(word)) {
            return None;
        }
        self.get(&words[..vendor_words].join("-"))
    }

    /// The catalogues that list `name`, in the order of [`Catalogues::ids`].
    pub fn listing(&self, name: &str) -> Vec<&Catalogue> {
        // A built-in catalogue that does not hold the name as text need not be read.
        let may_list = |id: &&str| {
            let builtin = builtin::FILES.iter().find(|(known, _)| known == id);
            builtin.is_none_or(|(_, text)| text.contains(name)) || self.added.iter().any(|added| added.vendor == **id)
        };
        let all = self.ids().into_iter().filter(may_list).filter_map(|id| self.get(id));
        all.filter(|catalogue| catalogue.lookup(name).is_some()).collect()
    }
}

/// Whether a word in a connector's name tells nothing about the vendor.
fn is_generic(word: &str) -> bool {
    let stem = word.trim_start_matches('v').trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(stem, "" | "connector" | "information" | "authentication" | "guide" | "oauth" | "api" | "rest")
}

fn builtin_catalogue(id: &str) -> Option<&'static Catalogue> {
    let index = builtin::FILES.iter().position(|(known, _)| *known == id)?;
    let (_, text) = builtin::FILES[index];
    // A catalogue that cannot be read would be a mistake of ours: the tests read them all.
    let read = || Catalogue::from_json(text).ok();
    builtin::PARSED[index].get_or_init(read).as_ref()
}

/// The first character of `token` that RFC 6749, section 3.3 does not allow in a scope, and its
/// byte offset: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
pub fn invalid_character(token: &str) -> Option<(usize, char)> {
    let allowed = |c: char| matches!(c, '\x21' | '\x23'..='\x5b' | '\x5d'..='\x7e');
    token.char_indices().find(|(_, c)| !allowed(*c))
}
